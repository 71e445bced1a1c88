/** A service that a promotion moves. */
export interface PromotedService {
  readonly service: string;
  readonly release: string;
  /** `new`: it was not there. `release`: other content. `environment`: the same release renders to another tree. */
  readonly change: 'new' | 'release' | 'environment' | 'restored';
  readonly written: number;
}
