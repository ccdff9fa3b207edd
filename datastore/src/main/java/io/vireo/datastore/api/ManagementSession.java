package io.vireo.datastore.api;

import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// What a user may do, from log-in to log-out. Calls of one session are carried out in the order in
/// which they were made; sessions do not wait for each other but for locks of a few microseconds
/// and for commits. Every future may complete with a [ManagementException].
public interface ManagementSession extends AutoCloseable {
  /// The session's number.
  int id();

  Caller caller();

  /// Reads an immutable state. From the operational datastore, virtual routers are asked for the
  /// nodes selected; one that does not answer in time is left out and named in a warning.
  ///
  /// @param consumer receives the trees, once or in several pages to be merged, then the future
  ///   completes
  /// @return completes with warnings: what could not be read, and why
  CompletableFuture<List<String>> read(
      Datastore datastore, Selection selection, Consumer<Trees> consumer);

  /// The same, with the defaults that are asked for and, from the operational datastore, with the
  /// origin of the data (RFC 8342 §5.3.4).
  ///
  /// @return as [#read(Datastore, Selection, Consumer)]
  CompletableFuture<List<String>> read(
      Datastore datastore,
      Selection selection,
      DefaultsShown defaults,
      Consumer<DataPage> consumer);

  /// Applies edits in order to the candidate or to running itself, where they are validated,
  /// prepared on the routers, written and in force before the future completes (RFC 6241 §8.2); the
  /// candidate keeps what it has. All or nothing. An edit does not make the list entries and
  /// presence containers above its path: where they are missing the error is data-missing (RFC 6241
  /// §7.2, default-operation none); a merge higher up makes them. A virtual router's tree is there
  /// once its logical network element is.
  ///
  /// Where `options` say that some edits may stand though others were refused, the future fails
  /// with the refusals and the others stand.
  CompletableFuture<Void> edit(Datastore target, List<TreeEdit> edits, EditOptions options);

  /// The same, all or nothing.
  default CompletableFuture<Void> edit(Datastore target, List<TreeEdit> edits) {
    return edit(target, edits, EditOptions.PLAIN);
  }

  /// Puts whole trees in the place of a datastore's: load override, copy-config of a document. What
  /// becomes running or startup is validated before.
  CompletableFuture<Void> replace(Datastore target, Trees trees);

  /// Makes a datastore what another is at that moment (RFC 6241 §7.3), with what the user may not
  /// read; access-denied where that would be changed. Of running to startup only the operation must
  /// be permitted (RFC 8341 §3.2.6).
  CompletableFuture<Void> copy(Datastore source, Datastore target);

  /// Empties startup (RFC 6241 §7.4): the next boot begins without configuration.
  CompletableFuture<Void> delete(Datastore datastore);

  /// From now on, `CANDIDATE` is this session's own: it begins as running when it is first edited,
  /// nobody else sees it, and it ends with the session. A commit of it is refused where others have
  /// changed the same places meanwhile.
  CompletableFuture<Void> usePrivateCandidate();

  /// Takes up into a private candidate what others have committed since it began; refused, naming
  /// the place, where both changed the same.
  CompletableFuture<Void> update();

  /// Checks the candidate (or running, or startup) as a commit would, without asking the virtual
  /// routers.
  CompletableFuture<Void> validate(Datastore datastore);

  /// The same of a whole configuration that stands in no datastore.
  CompletableFuture<Void> validate(Trees trees);

  /// Makes the candidate running: validate, prepare on every router concerned, write to disk,
  /// apply.
  ///
  /// In-use while another session's confirmed commit is pending.
  CompletableFuture<CommitResult> commitWith(CommitOptions options);

  /// Commits for good.
  ///
  /// @param comment kept in the history
  default CompletableFuture<CommitResult> commit(@Nullable String comment) {
    return commitWith(CommitOptions.plain(comment));
  }

  /// Takes a confirmed commit back before its time (RFC 6241 §8.4.4).
  ///
  /// @param persistId its token; null: the one that this session made
  CompletableFuture<Void> cancelCommit(@Nullable String persistId);

  /// The last commits, newest first, as far as the user may read something of what they changed.
  CompletableFuture<List<CommitInfo>> history(int limit);

  /// The open sessions, as far as the user may read them in `/netconf-state/sessions` (RFC 6022).
  CompletableFuture<List<SessionInfo>> sessions();

  /// Makes the candidate what running was after a commit (0: before the first), to be looked at and
  /// committed: rollback. Invalid-value where that commit is not kept any more.
  CompletableFuture<Void> load(long transaction);

  /// What running was after a commit; invalid-value where that is not kept any more.
  ///
  /// @param transaction 0: before the first
  CompletableFuture<Trees> configurationAfter(long transaction);

  /// What tells two configurations apart.
  CompletableFuture<List<TreeChange>> compare(Version from, Version to);

  /// Makes the candidate equal to running again.
  CompletableFuture<Void> discard();

  /// Locks a datastore for this session (RFC 6241 §7.5); lock-denied names the holder.
  CompletableFuture<Void> lock(Datastore datastore);

  /// Gives the lock back.
  CompletableFuture<Void> unlock(Datastore datastore);

  /// Locks the nodes of running that the expressions give now (RFC 5717 §2.4.1), with all below
  /// them.
  ///
  /// @param select XPath expressions, prefixes being module names; across the mount point, too
  CompletableFuture<PartialLock> partialLock(List<String> select);

  /// Gives a partial lock back.
  CompletableFuture<Void> partialUnlock(int lockId);

  /// Is told of what happens from now on, as far as the user may know it, on a thread of its own;
  /// ends with the session, or when what is returned is closed. A receiver that is too slow is told
  /// how many events it missed.
  Subscription subscribe(Consumer<ManagementEvent> consumer);

  /// A registration that ends when it is closed.
  @FunctionalInterface
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /// Ends another session: its locks are released, its `onKill` is run (RFC 6241 §7.9).
  CompletableFuture<Void> kill(int sessionId);

  /// Refuses, with access-denied, an operation that a door carries out by itself and the user may
  /// not invoke; all others are looked at where they are called.
  CompletableFuture<Void> authorize(TreeId tree, QName operation);

  /// Invokes an RPC of a tree's schema. Outputs arrive in order, each a container of the RPC's
  /// output; a door that can only show one merges them.
  ///
  /// @param rpc name of the RPC
  /// @param input the `input` container
  Invocation invoke(TreeId tree, QName rpc, ContainerNode input, Consumer<ContainerNode> outputs);

  /// Ends the session: its locks are released and, if it held the candidate's lock, the candidate
  /// is discarded (RFC 6241 §8.3.5.2).
  @Override
  void close();
}
