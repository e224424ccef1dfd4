import { productParts } from './host-parts.ts';
import { runWriteThread } from './write-thread.ts';

runWriteThread(productParts);
