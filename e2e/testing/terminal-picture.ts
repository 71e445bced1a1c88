/** How much of a terminal fits, in characters and lines, and for how long a step is shown, in seconds. */
const columns = 104;
const rows = 22;
const seconds = 4;
const size = { character: 7.8, line: 18, border: 16 };

/**
 * A recording of a terminal as a picture: an animated SVG, one picture a step, which needs no script and no player.
 *
 * @param text what was printed; steps begin with `3/11 Its title`
 * @returns the SVG; the same text gives the same bytes
 */
export function terminalPicture(text: string): string {
  const steps = text.split(/^(?=\d+\/\d+ )/m).slice(1);
  const width = Math.ceil(columns * size.character) + 2 * size.border;
  const height = rows * size.line + 2 * size.border;
  const share = 100 / steps.length;
  const shown = steps.map((step, index) => picture(step, index * seconds));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The quickstart in a terminal">
<style>
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #d5d9e0; white-space: pre }
.title { fill: #8fc7ff; font-weight: 600 } .command { fill: #ffffff; font-weight: 600 } .error { fill: #ff8a80 }
.warning { fill: #ffd479 } .hint { fill: #8be9a8 }
g { opacity: 0; animation: shown ${steps.length * seconds}s step-end infinite }
@keyframes shown { 0% { opacity: 1 } ${share.toFixed(3)}% { opacity: 0 } 100% { opacity: 0 } }
</style>
<rect width="100%" height="100%" rx="8" fill="#1b1f27"/>
${shown.join('\n')}
</svg>
`;
}

function picture(step: string, delay: number): string {
  const lines = step.trimEnd().split('\n');
  const kept = lines.length > rows ? [...lines.slice(0, rows - 1), '    …'] : lines;
  const texts = kept.map((line, index) => {
    const y = size.border + (index + 1) * size.line - 5;
    const cut = line.length > columns ? `${line.slice(0, columns - 1)}…` : line;
    return `<text x="${size.border}" y="${y}"${kindOf(line, index)}>${escaped(cut)}</text>`;
  });
  return `<g style="animation-delay:${delay}s">${texts.join('')}</g>`;
}

function kindOf(line: string, index: number): string {
  const kind =
    index === 0
      ? 'title'
      : /^ {2}\$ /.test(line)
        ? 'command'
        : / error: |^ {4}- |\d errors?$/.test(line)
          ? 'error'
          : / warning: |\d warnings?$/.test(line)
            ? 'warning'
            : /\^~*|^ {4}\+ |^ {6}\+ |no findings$|CREATE|UPDATE|✔/.test(line)
              ? 'hint'
              : undefined;
  return kind === undefined ? '' : ` class="${kind}"`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
