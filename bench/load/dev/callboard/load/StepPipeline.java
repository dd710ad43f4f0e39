package dev.callboard.load;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The pipeline of all {@link TrivialStages}, one after the other. */
final class StepPipeline {
    static final String NAME = "steps";

    private StepPipeline() {}

    /** Puts it to a server that has the stages; waits for the answer. */
    static void put(ServerCalls calls) {
        JsonArray stages = new JsonArray();
        for (int number = 1; number <= TrivialStages.COUNT; number++) {
            stages.add(new JsonObject().put("name", "S" + number).put("type", "trivial-" + number));
        }
        JsonObject pipeline = new JsonObject().put("name", NAME).put("stages", stages);
        calls.send(HttpMethod.PUT, "/api/pipelines/" + NAME, pipeline.encode()).await();
    }
}
