export interface CodeBlock {
  /** The line of the fence. */
  readonly line: number;
  readonly language: string;
  /** After the language: `file=capabilities/bucket/capability.yaml`. Forges do not show it. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The fenced code blocks of a Markdown text; one that is never closed is an error. */
export function codeBlocks(markdown: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = markdown.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const [, fence = '', info = ''] = /^ *(`{3,}|~{3,})(.*)$/.exec(lines[index] ?? '') ?? [];
    if (fence === '') continue;
    const end = lines.findIndex((line, at) => at > index && line.trim() === fence);
    if (end < 0) throw new Error(`line ${index + 1}: the code block is never closed`);
    const [language = '', ...words] = info.trim().split(/\s+/);
    const attributes = Object.fromEntries(
      words.map((word) => word.split('=')).map(([name, value = '']) => [name, value]),
    );
    blocks.push({ line: index + 1, language, attributes, text: `${lines.slice(index + 1, end).join('\n')}\n` });
    index = end;
  }
  return blocks;
}

/** The Markdown without its code blocks. */
export function withoutBlocks(markdown: string): string {
  return markdown.replace(/^ *(`{3,}|~{3,})[\s\S]*?^ *\1 *$/gm, '');
}

/** The targets of links and pictures that are not addresses. */
export function localLinks(markdown: string): readonly string[] {
  return [
    ...withoutBlocks(markdown)
      .replace(/`[^`\n]*`/g, '``')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors that a forge gives to headings. */
export function anchorsOf(markdown: string): readonly string[] {
  return [...withoutBlocks(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}
