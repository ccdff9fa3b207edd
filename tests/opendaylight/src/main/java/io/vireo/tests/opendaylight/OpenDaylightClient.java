package io.vireo.tests.opendaylight;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.opendaylight.netconf.api.messages.NetconfMessage;
import org.opendaylight.netconf.client.NetconfClientFactoryImpl;
import org.opendaylight.netconf.client.NetconfClientSession;
import org.opendaylight.netconf.client.SimpleNetconfClientSessionListener;
import org.opendaylight.netconf.client.conf.NetconfClientConfiguration.NetconfClientProtocol;
import org.opendaylight.netconf.client.conf.NetconfClientConfigurationBuilder;
import org.opendaylight.netconf.common.di.DefaultNetconfTimer;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.crypto.types.rev241010.password.grouping.password.type.CleartextPasswordBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.Host;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.IetfInetUtil;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.PortNumber;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.client.rev240814.netconf.client.initiate.stack.grouping.transport.ssh.ssh.SshClientParametersBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.client.rev240814.netconf.client.initiate.stack.grouping.transport.ssh.ssh.TcpClientParametersBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.ssh.client.rev241010.ssh.client.grouping.ClientIdentityBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.ssh.client.rev241010.ssh.client.grouping.client.identity.PasswordBuilder;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/// A session of OpenDaylight's NETCONF client, which knows a device only by what it says of itself.
final class OpenDaylightClient implements AutoCloseable {
  private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
  private static final long WAIT_S = 30;

  private final DefaultNetconfTimer timer = new DefaultNetconfTimer();
  private final NetconfClientFactoryImpl factory = new NetconfClientFactoryImpl(timer);
  private final SimpleNetconfClientSessionListener listener =
      new SimpleNetconfClientSessionListener();
  private final AtomicInteger nextId = new AtomicInteger(1);
  private final NetconfClientSession session;

  OpenDaylightClient(String address, int port, String user, String password) throws Exception {
    session =
        factory
            .createClient(
                NetconfClientConfigurationBuilder.create()
                    .withName("vireo")
                    .withProtocol(NetconfClientProtocol.SSH)
                    .withTcpParameters(
                        new TcpClientParametersBuilder()
                            .setRemoteAddress(new Host(IetfInetUtil.ipAddressFor(address)))
                            .setRemotePort(new PortNumber(Uint16.valueOf(port)))
                            .build())
                    .withSshParameters(
                        new SshClientParametersBuilder()
                            .setClientIdentity(
                                new ClientIdentityBuilder()
                                    .setUsername(user)
                                    .setPassword(
                                        new PasswordBuilder()
                                            .setPasswordType(
                                                new CleartextPasswordBuilder()
                                                    .setCleartextPassword(password)
                                                    .build())
                                            .build())
                                    .build())
                            .build())
                    .withSessionListener(listener)
                    .build())
            .get(WAIT_S, TimeUnit.SECONDS);
  }

  List<String> capabilities() {
    return new ArrayList<>(session.getServerCapabilities());
  }

  /// Carries out an operation; its reply, or the failure that the device's errors are.
  Document call(String operation) throws Exception {
    String id = "vireo-" + nextId.getAndIncrement();
    Document request =
        parse("<rpc xmlns=\"" + BASE + "\" message-id=\"" + id + "\">" + operation + "</rpc>");
    Document reply =
        listener
            .sendRequest(new NetconfMessage(request))
            .get(WAIT_S, TimeUnit.SECONDS)
            .getDocument();
    if (!reply.getDocumentElement().getAttribute("message-id").equals(id)) {
      throw new IllegalStateException("the reply to " + id + " is another's: " + text(reply));
    }
    if (reply.getElementsByTagNameNS(BASE, "rpc-error").getLength() > 0) {
      throw new IllegalStateException(text(reply));
    }
    return reply;
  }

  private static Document parse(String text) throws Exception {
    DocumentBuilderFactory documents = DocumentBuilderFactory.newInstance();
    documents.setNamespaceAware(true);
    return documents.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
  }

  static String text(Document document) throws Exception {
    Transformer transformer = TransformerFactory.newInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    transformer.setOutputProperty(OutputKeys.ENCODING, StandardCharsets.UTF_8.name());
    StringWriter text = new StringWriter();
    transformer.transform(new DOMSource(document), new StreamResult(text));
    return text.toString();
  }

  @Override
  public void close() {
    session.close();
    factory.close();
    timer.close();
  }
}
