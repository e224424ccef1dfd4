import { runWriteThread } from '../../lambdas/host/write-thread.ts';
import { faultParts } from './fault-parts.ts';

runWriteThread(faultParts('write'));
