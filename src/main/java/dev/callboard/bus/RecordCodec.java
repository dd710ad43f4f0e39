package dev.callboard.bus;

import dev.callboard.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Records by reference inside a process, as class name and JSON between processes. */
final class RecordCodec implements MessageCodec<Record, Record> {
    private static final String OURS = "dev.callboard.";

    @Override
    public void encodeToWire(Buffer buffer, Record message) {
        Buffer type = Buffer.buffer(message.getClass().getName());
        byte[] json = Json.writeBytes(message);
        buffer.appendInt(type.length())
                .appendBuffer(type)
                .appendInt(json.length)
                .appendBytes(json);
    }

    @Override
    public Record decodeFromWire(int position, Buffer buffer) {
        int typeEnd = position + 4 + buffer.getInt(position);
        String type = buffer.getString(position + 4, typeEnd);
        String json = buffer.getString(typeEnd + 4, typeEnd + 4 + buffer.getInt(typeEnd));
        return Json.read(json, recordClass(type));
    }

    private static Class<? extends Record> recordClass(String name) {
        if (!name.startsWith(OURS)) {
            throw new IllegalArgumentException("a message of the foreign type " + name);
        }
        try {
            return Class.forName(name).asSubclass(Record.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("a message of the unknown type " + name, e);
        }
    }

    @Override
    public Record transform(Record message) {
        return message;
    }

    @Override
    public String name() {
        return "callboard-record";
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
