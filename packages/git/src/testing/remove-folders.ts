import { afterAll } from 'vitest';
import { removeTemporaryFolders } from './temporary-folder.ts';

// A file for vitest's `setupFiles`: they run for every test file, other modules once in a process.
afterAll(removeTemporaryFolders);
