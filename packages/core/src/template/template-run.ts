import { Traced } from '../provenance/traced.ts';
import { Budget } from './budget.ts';
import type { Segment } from './segment.ts';
import type { Template } from './template.ts';

/** What a path of a template begins at: the root, or an item of an `{{#each}}` around it. */
export class Frame {
  readonly self: Traced | undefined;
  /** Around the loop; `undefined` for the root. */
  readonly parent: Frame | undefined;
  private readonly at: string | number;
  private readonly index: number;
  private readonly count: number;

  /** @param at the key or the index of the item, `index` its number, `count` how many there are */
  constructor(self: Traced | undefined, parent?: Frame, at: string | number = 0, index = 0, count = 0) {
    this.self = self;
    this.parent = parent;
    this.at = at;
    this.index = index;
    this.count = count;
  }

  /** `@key`, `@index`, `@first` and `@last`; there are none outside of a loop. */
  data(name: string): Traced | undefined {
    if (this.parent === undefined || this.self === undefined) return undefined;
    switch (name) {
      case 'key':
        return new Traced(this.at, this.self.origin);
      case 'index':
        return new Traced(this.index, this.self.origin);
      case 'first':
        return new Traced(this.index === 0, this.self.origin);
      case 'last':
        return new Traced(this.index === this.count - 1, this.self.origin);
      default:
        return undefined;
    }
  }
}

/** One evaluation of a template: what it printed, and what it may still use. */
export class TemplateRun {
  readonly root: Traced;
  /** The values that were printed. */
  readonly values: Traced[] = [];
  /** Which way the template went at each block: what is printed around the values depends on nothing else. */
  way = '';
  /** All that was printed; not collected for who knows the text by the way. */
  readonly segments: Segment[] | undefined;
  private readonly template: Template;
  private readonly budget = new Budget();
  /** What is evaluated; its place is looked up only for an error. */
  private current: hbs.AST.Node;
  private readonly place = () => this.template.place(this.current.loc);

  constructor(template: Template, root: Traced, segments?: Segment[]) {
    this.template = template;
    this.root = root;
    this.segments = segments;
    this.current = template.program;
  }

  /** One step. @throws EvaluationError `template/too-many-steps` */
  take(node: hbs.AST.Node): void {
    this.current = node;
    this.budget.take(1, this.place);
  }

  /** The steps of a helper that looks at whole values. @throws EvaluationError `template/too-many-steps` */
  takeFor(values: readonly (Traced | undefined)[], call: hbs.AST.Node): void {
    this.current = call;
    this.budget.takeFor(values, this.place);
  }

  /** @throws EvaluationError `template/too-much-text` */
  print(what: string | Traced, statement: hbs.AST.Node): void {
    this.current = statement;
    this.budget.print(what, this.place);
  }
}
