// Encrypts what failures say: without this, messages and stacks would stand in histories in clear text.
import { DefaultFailureConverter } from '@temporalio/common';

export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
