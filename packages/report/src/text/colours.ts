import picocolors from 'picocolors';

export type Colours = ReturnType<typeof picocolors.createColors>;

/** What a piece of text means; the colours follow from it. */
export type Tone = 'good' | 'bad' | 'warn' | 'dim' | 'strong';

/** Colours if the caller says so: this package never looks at the terminal or the environment. */
export function coloursFor(enabled: boolean): Colours {
  return picocolors.createColors(enabled);
}

export function toned(text: string, tone: Tone, colours: Colours): string {
  switch (tone) {
    case 'good':
      return colours.green(text);
    case 'bad':
      return colours.red(text);
    case 'warn':
      return colours.yellow(text);
    case 'dim':
      return colours.dim(text);
    case 'strong':
      return colours.bold(text);
  }
}
