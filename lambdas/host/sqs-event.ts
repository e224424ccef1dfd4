import type { SQSEvent } from 'aws-lambda';
import type { LeasedMessage } from '../ports/batch-queue.ts';

/** Leased messages in the shape in which Lambda's event source hands them to a consumer. */
export function sqsEvent(messages: readonly LeasedMessage[], queueName: string): SQSEvent {
  return {
    Records: messages.map(({ messageId, handle, group, body, receives, sentAtMs }) => ({
      messageId,
      receiptHandle: handle,
      body,
      attributes: {
        ApproximateReceiveCount: String(receives),
        SentTimestamp: String(sentAtMs),
        SenderId: 'headgate',
        ApproximateFirstReceiveTimestamp: String(sentAtMs),
        MessageGroupId: group,
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:local:000000000000:${queueName}`,
      awsRegion: 'local',
    })),
  };
}
