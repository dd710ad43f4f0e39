package dev.callboard.dispatch;

import dev.callboard.bus.Bus;
import dev.callboard.engine.Claims.Claimed;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.ExecutionChanged;
import dev.callboard.engine.ExecutionMessages.LoadChanged;
import dev.callboard.engine.ExecutionMessages.TaskMoved;
import dev.callboard.engine.PolicyMessages;
import dev.callboard.engine.PolicyMessages.PoliciesChanged;
import dev.callboard.engine.PolicyMessages.TasksHeld;
import dev.callboard.engine.StoredTransition;
import dev.callboard.engine.WorkMessages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells everybody what the engine did; all of it is stored, or is only ever shown. */
final class EngineNews {
    private final Bus bus;
    private @Nullable LoadChanged load;

    EngineNews(Bus bus) {
        this.bus = bus;
    }

    /** A transition. */
    void moved(StoredTransition moved) {
        moved.changed().forEach(view -> bus.publish(ExecutionMessages.CHANGED, new ExecutionChanged(view)));
        bus.publish(
                ExecutionMessages.TASK_MOVED,
                new TaskMoved(moved.taskId(), moved.status().word(), moved.revision()));
    }

    /** An attempt that runs now. One that looks again at what it waits for is no news. */
    void claimed(Claimed claimed) {
        if (claimed.job().waited() == null) {
            bus.publish(ExecutionMessages.CHANGED, new ExecutionChanged(claimed.view()));
            bus.publish(
                    ExecutionMessages.TASK_MOVED,
                    new TaskMoved(claimed.job().attempt().taskId(), "running", claimed.taskRevision()));
        }
    }

    /** What policies hold back, where that changed since the last time. */
    void held(AttemptQueue queue) {
        List<String> tasks = queue.changedTasks();
        if (!tasks.isEmpty()) {
            bus.publish(PolicyMessages.HELD, new TasksHeld(tasks));
        }
        List<String> projects = queue.changedProjects();
        if (!projects.isEmpty()) {
            bus.publish(PolicyMessages.CHANGED, new PoliciesChanged(projects));
        }
    }

    /** An attempt waits for a worker. */
    void workWaits(WorkMessages.WorkWaiting work) {
        bus.publish(WorkMessages.WAITING, work);
    }

    /** A worker has the work of an attempt. */
    void workLeased(LeasedAttempts.Lease lease) {
        bus.publish(WorkMessages.LEASED, new WorkMessages.WorkLeased(lease.id(), lease.stageType(), lease.worker()));
    }

    /** A worker has it no more. */
    void workEnded(LeasedAttempts.Lease lease, WorkMessages.End why) {
        bus.publish(
                WorkMessages.ENDED,
                new WorkMessages.WorkEnded(lease.id(), lease.token(), lease.stageType(), lease.worker(), why));
    }

    /** How far an attempt is, where that changed since the last time. */
    void progress(ActiveAttempt running) {
        running.newProgress().ifPresent(view -> bus.publish(ExecutionMessages.CHANGED, new ExecutionChanged(view)));
    }

    /** How much there is to do, where that changed since the last time. */
    void load(LoadChanged now) {
        if (!now.equals(load)) {
            load = now;
            bus.publish(ExecutionMessages.LOAD_CHANGED, now);
        }
    }
}
