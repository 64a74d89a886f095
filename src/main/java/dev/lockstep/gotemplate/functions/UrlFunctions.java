package dev.lockstep.gotemplate.functions;

import static dev.lockstep.gotemplate.value.GoType.DICT;
import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.TemplateFunction;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoString;
import java.util.List;

/** Sprig's urlParse and urlJoin. */
final class UrlFunctions {
    private UrlFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.named("urlParse")
                        .takes(STRING)
                        .does((in, run) -> parse(in.string(0).raw())),
                TemplateFunction.named("urlJoin")
                        .takes(DICT)
                        .does((in, run) -> Values.string(join(in.map(0)))));
    }

    private static GoMap parse(String text) throws FunctionException {
        GoUrl url;
        try {
            url = GoUrl.parse(text);
        } catch (FunctionException malformed) {
            throw new FunctionException("unable to parse url: " + malformed.getMessage());
        }
        var dict = GoMap.dict();
        put(dict, "scheme", url.scheme());
        put(dict, "host", url.host());
        put(dict, "hostname", url.hostname());
        put(dict, "path", url.path());
        put(dict, "query", url.query());
        put(dict, "opaque", url.opaque());
        put(dict, "fragment", url.fragment());
        put(dict, "userinfo", url.userinfo() == null ? "" : url.userinfo());
        return dict;
    }

    private static String join(GoMap dict) throws FunctionException {
        var url =
                new GoUrl(
                        part(dict, "scheme"),
                        part(dict, "opaque"),
                        null,
                        part(dict, "host"),
                        part(dict, "path"),
                        part(dict, "query"),
                        part(dict, "fragment"));
        var userinfo = part(dict, "userinfo");
        if (userinfo.isEmpty()) {
            return url.format();
        }
        try {
            var parsed = GoUrl.parse("proto://" + userinfo + "@host");
            return new GoUrl(
                            url.scheme(),
                            url.opaque(),
                            parsed.userinfo(),
                            url.host(),
                            url.path(),
                            url.query(),
                            url.fragment())
                    .format();
        } catch (FunctionException malformed) {
            throw new FunctionException(
                    "unable to parse userinfo in dict: " + malformed.getMessage());
        }
    }

    private static String part(GoMap dict, String key) throws FunctionException {
        var value = dict.get(GoString.of(key));
        if (value == null) {
            return "";
        }
        if (value instanceof GoString text) {
            return text.raw();
        }
        throw new FunctionException(
                "unable to parse %s key, must be of type string, but %s found"
                        .formatted(key, Values.kind(value).goName()));
    }

    private static void put(GoMap dict, String key, String raw) {
        dict.put(GoString.of(key), GoString.ofRaw(raw));
    }
}
