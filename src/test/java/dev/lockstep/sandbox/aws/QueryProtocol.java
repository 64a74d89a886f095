package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The query protocol, spoken by STS: parameters come as a form, results go as XML. */
record QueryProtocol(String action) implements Protocol {

    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
    private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();
    private static final int OK = 200;
    private static final int SERVER_ERRORS = 500;

    @Override
    public AwsResponse result(JsonNode result, String requestId) {
        var answer = Json.object();
        answer.set(action + "Result", result);
        answer.putObject("ResponseMetadata").put("RequestId", requestId);
        return xml(OK, action + "Response", answer);
    }

    @Override
    public AwsResponse error(AwsError error, String requestId) {
        var answer = Json.object();
        answer.putObject("Error")
                .put("Type", error.status() < SERVER_ERRORS ? "Sender" : "Receiver")
                .put("Code", error.code())
                .put("Message", error.getMessage());
        answer.put("RequestId", requestId);
        return xml(error.status(), "ErrorResponse", answer);
    }

    private static AwsResponse xml(int status, String root, JsonNode content) {
        var text = new StringWriter();
        try {
            var writer = XML.createXMLStreamWriter(text);
            writer.writeStartElement(root);
            writer.writeDefaultNamespace(NAMESPACE);
            write(writer, content);
            writer.writeEndElement();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
        return AwsResponse.of(status, "text/xml", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void write(XMLStreamWriter writer, JsonNode node) throws XMLStreamException {
        if (node.isValueNode()) {
            writer.writeCharacters(node.asText());
            return;
        }
        for (var field : node.properties()) {
            writer.writeStartElement(field.getKey());
            write(writer, field.getValue());
            writer.writeEndElement();
        }
    }
}
