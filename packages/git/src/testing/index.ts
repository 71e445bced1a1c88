export { copyOriginal } from './copied-folder.ts';
export { linesOf, repositoryState } from './repository-state.ts';
export {
  type ContractFiles,
  type MakeSnapshot,
  normalisationContract,
  snapshotContract,
  wantedContract,
} from './snapshot-contract.ts';
export { temporaryFolder } from './temporary-folder.ts';
export { type TemporaryRemote, temporaryRemote } from './temporary-remote.ts';
export { repositoryAt, type TemporaryRepository, temporaryRepository, writeFiles } from './temporary-repository.ts';
