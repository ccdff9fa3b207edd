package io.vireo.netconf;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.netconf.framing.ChunkedInput;
import io.vireo.netconf.framing.EndOfMessageInput;
import io.vireo.netconf.framing.FramingException;
import io.vireo.netconf.framing.MessageBudget;
import io.vireo.netconf.framing.MessageInput;
import io.vireo.netconf.framing.MessageOutput;
import io.vireo.netconf.framing.OctetSource;
import io.vireo.netconf.monitoring.ContentId;
import io.vireo.netconf.monitoring.MonitoringState;
import io.vireo.netconf.monitoring.ServedModules;
import io.vireo.netconf.monitoring.SessionCounters;
import io.vireo.netconf.operation.Action;
import io.vireo.netconf.operation.DataXml;
import io.vireo.netconf.operation.Operations;
import io.vireo.netconf.operation.UrlFiles;
import io.vireo.netconf.rpc.ErrorWriter;
import io.vireo.netconf.rpc.Hello;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.netconf.rpc.Reply;
import io.vireo.netconf.rpc.Request;
import io.vireo.netconf.rpc.RpcErrors;
import io.vireo.schema.DeviceSchema;
import io.vireo.schema.xml.SafeXml;
import io.vireo.ssh.SshChannel;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One session, from hello to its end: reads a message, carries it out, answers, and so on, in
/// order (RFC 6241 §4.5). Runs on the channel's thread.
final class NetconfSession {
  private static final Logger LOG = LoggerFactory.getLogger(NetconfSession.class);
  private static final long MAX_HELLO_BYTES = 1 << 20;
  private static final long MAX_MESSAGE_BYTES = 32L << 20;

  /// Of all sessions: 100,000 static routes have 13.4 MB as XML.
  private static final MessageBudget BUDGET = new MessageBudget(48L << 20, 1L << 20);

  private final ManagementSession session;
  private final DeviceSchema schema;
  private final ServedModules modules;
  private final SessionCounters counters;
  private final ContentId contentId;
  private final boolean startup;
  private final Operations operations;
  private final OctetSource source;
  private final MessageOutput output;

  NetconfSession(
      SshChannel channel,
      ManagementSession session,
      DeviceSchema schema,
      ServedModules modules,
      MonitoringState monitoring,
      DataXml data,
      @Nullable UrlFiles files) {
    this.session = session;
    this.schema = schema;
    this.modules = modules;
    this.counters = monitoring.counters();
    contentId = monitoring.contentId();
    startup = monitoring.hasStartup();
    operations = new Operations(session, schema, modules, data, files);
    source = new OctetSource(channel.input());
    output = new MessageOutput(channel.output());
  }

  /// Serves the client until it or another session ends this one.
  void run() throws IOException {
    counters.onStarted();
    try {
      @Nullable Set<String> client = exchangeHellos();
      if (client != null) {
        serve(client.contains(Namespaces.BASE_1_1));
      }
    } catch (FramingException e) {
      // RFC 6242 §4.2: an error of the framing ends the session.
      counters.onDropped();
      throw e;
    } catch (XMLStreamException e) {
      // Only where nothing can be answered: in a hello, or when the client is gone.
      counters.onDropped();
      throw new IOException("the session can't go on: " + brief(e), e);
    }
  }

  private @Nullable Set<String> exchangeHellos() throws IOException, XMLStreamException {
    Hello.write(output, modules.capabilities(contentId.read(session), startup), session.id());
    output.endMessage();
    InputStream message = new EndOfMessageInput(source, MAX_HELLO_BYTES).next();
    if (message == null) {
      return null;
    }
    Set<String> capabilities;
    try {
      capabilities = Hello.read(message);
    } catch (XMLStreamException e) {
      counters.onBadHello();
      throw e;
    }
    if (message.read() >= 0) {
      throw new FramingException("the hello goes on after its end");
    }
    if (!capabilities.contains(Namespaces.BASE_1_0)
        && !capabilities.contains(Namespaces.BASE_1_1)) {
      counters.onBadHello();
      throw new IOException("the client speaks neither base:1.0 nor base:1.1");
    }
    return capabilities;
  }

  private void serve(boolean base11) throws IOException, XMLStreamException {
    // RFC 6242 §4.1: chunks when both said base:1.1.
    MessageInput input =
        base11
            ? new ChunkedInput(source, MAX_MESSAGE_BYTES)
            : new EndOfMessageInput(source, MAX_MESSAGE_BYTES);
    if (base11) {
      output.useChunks();
    }
    ErrorWriter errors = new ErrorWriter(schema, base11);
    boolean goesOn = true;
    while (goesOn) {
      InputStream message = input.next();
      if (message == null) {
        return;
      }
      try (InputStream counted = BUDGET.count(message)) {
        goesOn = answer(counted, errors);
      }
      output.endMessage();
    }
  }

  private boolean answer(InputStream message, ErrorWriter errors)
      throws IOException, XMLStreamException {
    Request request = Request.UNREADABLE;
    Action action;
    try {
      XMLStreamReader xml = SafeXml.utf8Reader(message);
      Request read = Request.read(xml);
      if (read == null) {
        throw malformed("a message is an <rpc> of the namespace " + Namespaces.BASE);
      }
      request = read;
      action = read(request, xml);
    } catch (ManagementException e) {
      counters.onBadRpc();
      refuse(request, errors, e);
      return true;
    } catch (XMLStreamException e) {
      rethrowTransport(e);
      counters.onBadRpc();
      refuse(request, errors, malformed("the message can't be read: " + brief(e)));
      return true;
    } catch (RuntimeException | StackOverflowError e) {
      // Our own mistake, as in carrying out; the rest of the message is passed over.
      LOG.error("session {}: a request was not read", session.id(), e);
      counters.onBadRpc();
      refuse(request, errors, internal());
      return true;
    }
    counters.onRpc();
    return carryOut(request, action, errors);
  }

  /// Reads the whole request. That it isn't well-formed goes before anything else that is wrong.
  private Action read(Request request, XMLStreamReader xml)
      throws XMLStreamException, ManagementException {
    try {
      request.requireMessageId();
      Request.toOperation(xml);
      Action action = operations.read(xml);
      Request.toEnd(xml);
      return action;
    } catch (ManagementException e) {
      while (xml.hasNext()) {
        xml.next();
      }
      throw e;
    }
  }

  private boolean carryOut(Request request, Action action, ErrorWriter errors)
      throws IOException, XMLStreamException {
    Reply reply = new Reply(output, request);
    try {
      action.run(reply);
    } catch (ManagementException e) {
      counters.onErrorReply();
      reply.errors(errors, e);
    } catch (RuntimeException | StackOverflowError e) {
      // Our own mistake: it hurts this request alone, and its details stay here.
      LOG.error("session {}: a request failed", session.id(), e);
      counters.onErrorReply();
      reply.errors(errors, internal());
    }
    reply.finish();
    return !action.endsSession();
  }

  private void refuse(Request request, ErrorWriter errors, ManagementException refusal)
      throws XMLStreamException {
    counters.onErrorReply();
    Reply reply = new Reply(output, request);
    reply.errors(errors, refusal);
    reply.finish();
  }

  /// A broken stream is not a malformed document.
  private static void rethrowTransport(XMLStreamException e) throws IOException {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException transport) {
        throw transport;
      }
      if (cause instanceof XMLStreamException nested
          && nested.getNestedException() instanceof IOException transport) {
        throw transport;
      }
    }
  }

  private static ManagementException malformed(String message) {
    return RpcErrors.error(
        ManagementError.ErrorType.RPC,
        ErrorTag.MALFORMED_MESSAGE,
        null,
        message,
        java.util.Map.of());
  }

  private static ManagementException internal() {
    return RpcErrors.error(
        ManagementError.ErrorType.APPLICATION,
        ErrorTag.OPERATION_FAILED,
        null,
        "an internal error: the server's log has it under this session's number",
        java.util.Map.of());
  }

  private static String brief(XMLStreamException e) {
    String text = String.valueOf(e.getMessage()).replace('\n', ' ');
    return text.length() > 300 ? text.substring(0, 300) + "..." : text;
  }
}
