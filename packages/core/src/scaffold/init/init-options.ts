/** What a new platform is made of. */
export interface InitOptions {
  /** The name of the platform: that of the repository's folder, when nobody says another. */
  readonly name: string;
  /** The group that owns everything until somebody says otherwise: `team-platform`. */
  readonly owner: string;
  /** Score files from elsewhere, with the paths that findings name. */
  readonly scores: readonly ScoreFile[];
}

/** A Score file that `idp init` takes over. */
export interface ScoreFile {
  readonly path: string;
  /** `undefined` where it could not be read as text. */
  readonly text: string | undefined;
  /** The files that it puts into containers, by their paths from its folder: what `filesNamedBy` names and is there. */
  readonly files?: ReadonlyMap<string, string>;
}
