package dev.lockstep.gotemplate.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gotemplate.TemplateFunction;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What templates may call, and nothing else. */
class FunctionLibraryTest {
    private static final String GO =
            """
            and or not eq ne lt le gt ge len index slice printf print println html js urlquery call
            """;
    private static final String SPRIG =
            """
            ago date date_in_zone dateInZone date_modify dateModify must_date_modify mustDateModify
            duration durationRound htmlDate htmlDateInZone now toDate mustToDate unixEpoch
            abbrev abbrevboth trunc trim trimall trimAll trimPrefix trimSuffix upper lower title
            untitle substr repeat nospace initials randAlphaNum randAlpha randAscii randNumeric
            swapcase shuffle snakecase camelcase kebabcase wrap wrapWith contains hasPrefix
            hasSuffix quote squote cat indent nindent replace plural toString hello split splitList
            splitn join sortAlpha toStrings
            sha1sum sha256sum sha512sum adler32sum bcrypt htpasswd genPrivateKey derivePassword
            buildCustomCert genCA genCAWithKey genSelfSignedCert genSelfSignedCertWithKey
            genSignedCert genSignedCertWithKey encryptAES decryptAES randBytes uuidv4
            atoi int int64 float64 toDecimal seq until untilStep add add1 sub div mod mul add1f addf
            subf divf mulf biggest max min maxf minf ceil floor round randInt
            default empty coalesce all any compact mustCompact ternary fromJson mustFromJson toJson
            mustToJson toPrettyJson mustToPrettyJson toRawJson mustToRawJson deepCopy mustDeepCopy
            typeOf typeIs typeIsLike kindOf kindIs deepEqual base dir clean ext isAbs osBase osDir
            osClean osExt osIsAbs
            b64enc b64dec b32enc b32dec hexdec semver semverCompare fail urlParse urlJoin
            list tuple first rest last initial append push prepend reverse uniq without has concat
            chunk mustFirst mustRest mustLast mustInitial mustAppend mustPush mustPrepend
            mustReverse mustUniq mustWithout mustHas mustSlice mustChunk
            dict get set unset hasKey pluck keys values pick omit merge mergeOverwrite mustMerge
            mustMergeOverwrite dig
            regexMatch regexFind regexFindAll regexReplaceAll regexReplaceAllLiteral regexSplit
            mustRegexMatch mustRegexFind mustRegexFindAll mustRegexReplaceAll
            mustRegexReplaceAllLiteral mustRegexSplit regexQuoteMeta
            """;
    private static final String ESO =
            """
            pkcs12key pkcs12keyPass pkcs12cert pkcs12certPass pemToPkcs12 pemToPkcs12Pass
            fullPemToPkcs12 fullPemToPkcs12Pass pemTruststoreToPKCS12 pemTruststoreToPKCS12Pass
            filterPEM filterCertChain certSANs jwkPublicKeyPem jwkPrivateKeyPem toYaml fromYaml
            rsaDecrypt
            """;

    @Test
    void names_areThoseOfGoOfSprigAndOfEso() {
        assertThat(FunctionLibrary.all().names())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.asList((GO + SPRIG + ESO).trim().split("\\s+")));
    }

    /** They would let a template reach out of itself. */
    @ParameterizedTest
    @ValueSource(strings = {"env", "expandenv", "getHostByName"})
    void functionsThatReachOut_areUnknown(String name) {
        assertThat(FunctionLibrary.all().find(name)).isNull();
    }

    @Test
    void timeAndRandomness_areKnownToVaryByRun() {
        var varying =
                FunctionLibrary.all().names().stream()
                        .map(FunctionLibrary.all()::find)
                        .filter(TemplateFunction::variesByRun)
                        .map(TemplateFunction::name);

        assertThat(varying)
                .containsExactlyInAnyOrder(
                        ("now date dateInZone date_in_zone htmlDate htmlDateInZone ago"
                                        + " durationRound randInt randAlphaNum randAlpha randNumeric"
                                        + " randAscii randBytes shuffle uuidv4 bcrypt htpasswd"
                                        + " encryptAES genPrivateKey genCA genCAWithKey"
                                        + " genSelfSignedCert genSelfSignedCertWithKey"
                                        + " genSignedCert genSignedCertWithKey pemToPkcs12"
                                        + " pemToPkcs12Pass fullPemToPkcs12 fullPemToPkcs12Pass"
                                        + " pemTruststoreToPKCS12 pemTruststoreToPKCS12Pass")
                                .split(" "));
    }

    /** Each would make more than any Secret can hold, or work for longer than anyone waits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ repeat 1000000000 \"x\" }}",
                "{{ until 1000000000 | len }}",
                "{{ untilStep 0 9223372036854775807 1 | len }}",
                "{{ seq 1000000000 }}",
                "{{ indent 100000000 \"a\\nb\" }}",
                "{{ range until 1000 }}{{ bcrypt \"x\" }}{{ end }}",
                "{{ range until 100 }}{{ derivePassword 1 \"pin\" \"a\" \"b\" \"c\" }}{{ end }}",
                "{{ $s := repeat 1000000 \"a\" }}{{ replace \"\" $s $s }}",
                "{{ randAlpha 1000000000 }}",
                "{{ randBytes 1000000000 }}",
                "{{ regexFindAll \"(a*)*b\" (repeat 10000000 \"a\") -1 }}",
                "{{ mustRegexMatch \"((a{30}){30}){30}\" \"a\" }}",
                "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ toJson $d }}",
                "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ toYaml $d }}",
                "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ deepCopy $d }}",
                "{{ mustFromJson (repeat 100000 \"[\") }}",
                "{{ fromYaml (cat \"a:\" (repeat 100000 \"[\")) }}"
            })
    void whatIsTooMuch_failsInsteadOfHanging(String template) {
        assertThat(Rendering.of(template).failure()).isNotEmpty();
    }

    /** Secrets are not to be read from conditions. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ mustToDate \"2006\" .secret }}",
                "{{ mustDateModify .secret now }}",
                "{{ mustRegexMatch (cat .secret \"(\") \"\" }}",
                "{{ mustFromJson .secret }}",
                "{{ semver .secret }}",
                "{{ semverCompare .secret \"1.0.0\" }}",
                "{{ urlParse (cat \"http://[\" .secret) }}",
                "{{ genSelfSignedCert \"a\" (list .secret) (list) 1 }}",
                "{{ genCAWithKey \"a\" 1 .secret }}",
                "{{ fail .secret }}",
                "{{ hexdec .secret }}",
                "{{ jwkPublicKeyPem .secret }}",
                "{{ pkcs12key .secret }}",
                "{{ filterPEM \"CERTIFICATE\" .secret }}",
                "{{ rsaDecrypt .secret \"\" \"\" \"\" }}"
            })
    void failure_quotesNoValue(String template) {
        var failure = Rendering.of(template).with("secret", "hunter2").failure();

        assertThat(failure).isNotEmpty().doesNotContain("hunter2");
    }

    @Test
    void aliases_areNamedAsTheyAreCalled() {
        var all = FunctionLibrary.all();

        assertThat(List.of("mustAppend", "push", "osBase", "biggest"))
                .allSatisfy(name -> assertThat(all.find(name).name()).isEqualTo(name));
    }
}
