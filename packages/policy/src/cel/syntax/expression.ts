import type { CelUint } from '../value.ts';

/** Where a part of an expression stands: UTF-16 code units from its start, the end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Calls that cel-go expands to loops; they stay one node here, so that each is a loop of its own when it runs. */
export type LoopMacro =
  | 'all'
  | 'exists'
  | 'existsOne'
  | 'filter'
  | 'map'
  | 'sortBy'
  | 'transformList'
  | 'transformMap'
  | 'transformMapEntry';

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in';

export interface ListElement {
  readonly value: Expression;
  /** `[?x]`: left out when the optional is empty. */
  readonly optional: boolean;
}

export interface MapEntry extends ListElement {
  readonly key: Expression;
}

export interface MessageField extends ListElement {
  readonly name: string;
  readonly range: Range;
}

/** The syntax tree of an expression (cel-spec, langdef "Syntax"). Parentheses leave no trace. */
export type Expression = { readonly range: Range; readonly depth: number } & (
  | { readonly kind: 'literal'; readonly value: Literal }
  /** `absolute`: written with a leading dot, which passes over containers and loop variables. */
  | { readonly kind: 'identifier'; readonly name: string; readonly absolute: boolean }
  /** `test`: inside `has()`, which asks whether the field is there. */
  | {
      readonly kind: 'select';
      readonly operand: Expression;
      readonly field: string;
      readonly fieldRange: Range;
      readonly optional: boolean;
      readonly test: boolean;
    }
  | { readonly kind: 'index'; readonly operand: Expression; readonly index: Expression; readonly optional: boolean }
  | {
      readonly kind: 'call';
      readonly target: Expression | undefined;
      readonly name: string;
      readonly nameRange: Range;
      readonly args: readonly Expression[];
    }
  | { readonly kind: 'unary'; readonly operator: '!' | '-'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly operatorRange: Range;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** Flat, so that 20,000 terms are no deeper than two. */
  | { readonly kind: 'logic'; readonly operator: '&&' | '||'; readonly terms: readonly Expression[] }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | { readonly kind: 'list'; readonly elements: readonly ListElement[] }
  | { readonly kind: 'map'; readonly entries: readonly MapEntry[] }
  | { readonly kind: 'message'; readonly name: string; readonly fields: readonly MessageField[] }
  | {
      readonly kind: 'loop';
      readonly macro: LoopMacro;
      readonly list: Expression;
      /** One, or two for an index or key with its element or value. */
      readonly variables: readonly string[];
      readonly filter: Expression | undefined;
      readonly body: Expression;
    }
  | { readonly kind: 'bind'; readonly variable: string; readonly value: Expression; readonly body: Expression }
  | {
      readonly kind: 'optionalMap';
      readonly operand: Expression;
      readonly variable: string;
      readonly body: Expression;
      /** `optFlatMap`: the body gives an optional itself. */
      readonly flat: boolean;
    }
  /** `cel.block([…], …)`: what cel-go's optimiser writes; values that the body reads as `@index0` and so on. */
  | { readonly kind: 'block'; readonly values: readonly Expression[]; readonly body: Expression }
);

export type Literal = null | boolean | bigint | number | string | Uint8Array | CelUint;

export type ExpressionOf<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

/** The expressions right below one, in source order. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'identifier':
      return [];
    case 'select':
    case 'unary':
      return [expression.operand];
    case 'index':
      return [expression.operand, expression.index];
    case 'call':
      return expression.target ? [expression.target, ...expression.args] : expression.args;
    case 'binary':
      return [expression.left, expression.right];
    case 'logic':
      return expression.terms;
    case 'conditional':
      return [expression.condition, expression.yes, expression.no];
    case 'list':
      return expression.elements.map(({ value }) => value);
    case 'map':
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case 'message':
      return expression.fields.map(({ value }) => value);
    case 'loop':
      return [expression.list, ...(expression.filter ? [expression.filter] : []), expression.body];
    case 'bind':
      return [expression.value, expression.body];
    case 'optionalMap':
      return [expression.operand, expression.body];
    case 'block':
      return [...expression.values, expression.body];
  }
}
