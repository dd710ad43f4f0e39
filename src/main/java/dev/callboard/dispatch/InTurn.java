package dev.callboard.dispatch;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/** Does something for each of what is added, one after the other; what waits already waits once. Of one event loop. */
final class InTurn {
    private final Function<String, Future<?>> work;
    private final Set<String> due = new LinkedHashSet<>();
    private boolean working;

    /** @param work a failure of it ends nothing */
    InTurn(Function<String, Future<?>> work) {
        this.work = work;
    }

    void add(Collection<String> ids) {
        due.addAll(ids);
        if (!working) {
            working = true;
            next();
        }
    }

    private void next() {
        Iterator<String> ids = due.iterator();
        if (!ids.hasNext()) {
            working = false;
            return;
        }
        String id = ids.next();
        ids.remove();
        work.apply(id).onComplete(done -> next());
    }
}
