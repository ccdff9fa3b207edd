package io.vireo.datastore;

import static io.vireo.datastore.TestDevice.contact;
import static io.vireo.datastore.TestDevice.edits;
import static io.vireo.datastore.TestDevice.hostname;
import static io.vireo.datastore.TestDevice.inRouter;
import static io.vireo.datastore.TestDevice.loopback;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.api.CommitOptions;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementEvent;
import io.vireo.datastore.api.ManagementEvent.Confirm;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.schema.edit.TreeId;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What RFC 6470 wants to be told.
class EventsTest {
  private static final long WAIT_S = 10;

  @TempDir Path directory;
  private final BlockingQueue<ManagementEvent> events = new LinkedBlockingQueue<>();
  private TestDevice device;

  @BeforeEach
  void open() throws Exception {
    device = new TestDevice(directory, EngineOptions.recovery("ann"));
  }

  @AfterEach
  void close() throws Exception {
    device.close();
  }

  private <T> T next(Class<T> type) throws InterruptedException {
    return assertInstanceOf(
        type, Objects.requireNonNull(events.poll(WAIT_S, TimeUnit.SECONDS), "no event"));
  }

  @Test
  void commit_editListOfWhatDiffers_inAllTrees() throws Exception {
    device.commit(contact("a"), inRouter("blue", loopback("lo", "x")));
    device.system.subscribe(events::add);

    device.commit(contact("b"), inRouter("blue", loopback("lo", "y")));

    ManagementEvent.ConfigChanged changed = next(ManagementEvent.ConfigChanged.class);
    assertEquals(Datastore.RUNNING, changed.datastore());
    assertEquals("system", changed.by().caller().user());
    assertEquals(2, changed.transaction());
    assertEquals(2, changed.changes().size());
    var ofDevice = changed.changes().getFirst();
    assertEquals(TreeId.DEVICE, ofDevice.tree());
    assertEquals("a", Objects.requireNonNull(ofDevice.before()).body());
    assertEquals("b", Objects.requireNonNull(ofDevice.after()).body());
    assertEquals(new TreeId.Router("blue"), changed.changes().getLast().tree());
  }

  @Test
  void sessions_startAndEnd_withWhoKilled() throws Exception {
    device.system.subscribe(events::add);

    ManagementSession ann = device.as("ann");
    ManagementSession other = device.as("ann");
    other.kill(ann.id()).get();

    assertEquals(ann.id(), next(ManagementEvent.SessionStarted.class).session().id());
    next(ManagementEvent.SessionStarted.class);
    ManagementEvent.SessionEnded ended = next(ManagementEvent.SessionEnded.class);
    assertEquals(ann.id(), ended.session().id());
    assertEquals(other.id(), ended.killedBy());
  }

  @Test
  void confirmedCommit_startExtendComplete() throws Exception {
    device.system.subscribe(events::add);
    ManagementSession ann = device.as("ann");
    next(ManagementEvent.SessionStarted.class);
    CommitOptions confirmed = new CommitOptions(null, new CommitOptions.Confirmed(600, null), null);

    ann.edit(Datastore.CANDIDATE, edits(contact("a"))).get();
    ann.commitWith(confirmed).get();
    ann.commitWith(confirmed).get();
    ann.commit(null).get();

    next(ManagementEvent.ConfigChanged.class);
    ManagementEvent.ConfirmedCommit start = next(ManagementEvent.ConfirmedCommit.class);
    assertEquals(Confirm.START, start.event());
    assertEquals(600, start.timeoutS());
    assertEquals(Confirm.EXTEND, next(ManagementEvent.ConfirmedCommit.class).event());
    assertEquals(Confirm.COMPLETE, next(ManagementEvent.ConfirmedCommit.class).event());
  }

  @Test
  void confirmedCommit_notConfirmed_timeout() throws Exception {
    device.system.subscribe(events::add);
    ManagementSession ann = device.as("ann");
    next(ManagementEvent.SessionStarted.class);

    ann.edit(Datastore.CANDIDATE, edits(contact("a"))).get();
    ann.commitWith(new CommitOptions(null, new CommitOptions.Confirmed(1, null), null)).get();

    next(ManagementEvent.ConfigChanged.class);
    assertEquals(Confirm.START, next(ManagementEvent.ConfirmedCommit.class).event());
    ManagementEvent.ConfigChanged back = next(ManagementEvent.ConfigChanged.class);
    assertNull(back.changes().getFirst().after());
    assertEquals(Confirm.TIMEOUT, next(ManagementEvent.ConfirmedCommit.class).event());
  }

  // RFC 8341 §3.4.6 and §3.2.4.
  @Test
  void subscription_onlyWhatTheUserMayKnow() throws Exception {
    device.commit(
        """
        <nacm xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-acm">
          <groups><group><name>staff</name><user-name>bob</user-name></group></groups>
          <rule-list><name>staff</name><group>staff</group>
            <rule><name>1</name><notification-name>netconf-session-start</notification-name>
              <action>deny</action></rule>
            <rule><name>2</name>
              <path xmlns:s="urn:vireo:yang:vireo-system">/s:system/s:hostname</path>
              <action>deny</action></rule>
          </rule-list>
        </nacm>
        """);
    device.commit(contact("a"), hostname("a"));
    ManagementSession bob = device.as("bob");
    bob.subscribe(events::add);

    device.as("ann");
    device.commit(contact("b"), hostname("b"));

    ManagementEvent.ConfigChanged changed = next(ManagementEvent.ConfigChanged.class);
    assertEquals(1, changed.changes().size());
    assertEquals("b", Objects.requireNonNull(changed.changes().getFirst().after()).body());
  }

  @Test
  void subscription_receiverTooSlow_toldHowManyItMissed() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch reached = new CountDownLatch(1);
    device.system.subscribe(event -> {
      reached.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      events.add(event);
    });

    device.as("ann").close();
    assertTrue(reached.await(WAIT_S, TimeUnit.SECONDS));
    for (int i = 0; i < 1_200; i++) {
      device.as("ann");
    }
    open.countDown();

    ManagementEvent event;
    long delivered = 0;
    do {
      event = Objects.requireNonNull(events.poll(WAIT_S, TimeUnit.SECONDS), "no event");
      delivered++;
    } while (!(event instanceof ManagementEvent.Missed));
    assertEquals(1_202 + 1, delivered + ((ManagementEvent.Missed) event).count());
  }

  // Its thread went with the first that it could not take.
  @Test
  void subscription_receiverFails_missedThatAndGoesOn() throws Exception {
    device.system.subscribe(event -> {
      if (event instanceof ManagementEvent.SessionStarted) {
        throw new IllegalStateException("not this");
      }
      events.add(event);
    });

    ManagementSession ann = device.as("ann");
    device.commit(contact("a"));
    ann.close();

    next(ManagementEvent.ConfigChanged.class);
    ManagementEvent event;
    do {
      event = Objects.requireNonNull(events.poll(WAIT_S, TimeUnit.SECONDS), "not told");
    } while (!(event instanceof ManagementEvent.Missed));
    assertEquals(1, ((ManagementEvent.Missed) event).count());
  }

  @Test
  void subscription_closed_endsAndSessionsEndEndsIt() throws Exception {
    ManagementSession ann = device.as("ann");
    ManagementSession.Subscription subscription = ann.subscribe(events::add);
    subscription.close();
    device.commit(contact("a"));
    ann.subscribe(events::add);
    ann.close();
    device.system.history(1).get();
    while (device.engine.sessions().size() > 1) {
      Thread.onSpinWait();
    }
    device.commit(contact("b"));

    assertNull(events.poll(200, TimeUnit.MILLISECONDS));
  }
}
