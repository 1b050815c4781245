// A history as a file: JSON that people can read, made by the protocol's own types.
import proto from '@temporalio/proto';

const { History } = proto.temporal.api.history.v1;

export function historyToText(history: proto.temporal.api.history.v1.IHistory): string {
  const plain = History.toObject(History.fromObject(history), {
    bytes: String,
    longs: String,
    enums: String,
  });
  return `${JSON.stringify(plain, undefined, 1)}\n`;
}

export function historyFromText(text: string): proto.temporal.api.history.v1.History {
  return History.fromObject(JSON.parse(text));
}
