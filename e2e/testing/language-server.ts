import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

export interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

/** A YAML language server, as an editor starts it. */
export interface Editor {
  /** Opens a file with this text, or replaces its text, and waits for what the server says of it. */
  diagnostics(path: string, text?: string): Promise<readonly Diagnostic[]>;
  /** What is offered at a place of a file that is open; counted from 0. */
  completions(path: string, line: number, character: number): Promise<readonly string[]>;
  close(): void;
}

/** Starts the server in a folder and speaks the Language Server Protocol 3.17 with it, over its standard streams. */
export async function openEditor(root: string): Promise<Editor> {
  const require = createRequire(import.meta.url);
  const server = spawn(process.execPath, [require.resolve('yaml-language-server/bin/yaml-language-server'), '--stdio']);
  const answers = new Map<number, (result: unknown) => void>();
  const published = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  const opened = new Set<string>();
  let version = 0;
  let sent = 0;
  const uriOf = (path: string): string => pathToFileURL(join(root, path)).href;
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const ask = (method: string, params: object): Promise<unknown> => {
    sent += 1;
    const id = sent;
    const answer = new Promise((resolve) => answers.set(id, resolve));
    send({ id, method, params });
    return answer;
  };
  const receive = ({ id, method, params, result }: Message): void => {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: readonly Diagnostic[] };
      published.get(uri)?.(diagnostics);
    } else if (method === 'workspace/configuration' && id !== undefined) {
      const { items } = params as { items: readonly { readonly section?: string }[] };
      const yaml = { validate: true, completion: true, schemaStore: { enable: false } };
      send({ id, result: items.map(({ section }) => (section === 'yaml' ? yaml : null)) });
    } else if (method !== undefined && id !== undefined) send({ id, result: null });
    else if (id !== undefined) answers.get(id)?.(result);
  };
  let buffer = Buffer.alloc(0);
  server.stdout.on('data', (data: Buffer) => {
    buffer = Buffer.concat([buffer, data]);
    for (;;) {
      const header = buffer.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(buffer.toString('latin1', 0, header))?.[1]);
      if (header < 0 || buffer.length < header + 4 + length) return;
      const body = buffer.toString('utf8', header + 4, header + 4 + length);
      buffer = buffer.subarray(header + 4 + length);
      receive(JSON.parse(body) as Message);
    }
  });
  await ask('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities: { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } },
    workspaceFolders: [{ uri: pathToFileURL(root).href, name: 'platform' }],
  });
  send({ method: 'initialized', params: {} });
  return {
    async diagnostics(path, text) {
      const uri = uriOf(path);
      const said = new Promise<readonly Diagnostic[]>((resolve) => published.set(uri, resolve));
      const content = text ?? (await readFile(join(root, path), 'utf8'));
      version += 1;
      if (opened.has(uri))
        send({
          method: 'textDocument/didChange',
          params: { textDocument: { uri, version }, contentChanges: [{ text: content }] },
        });
      else
        send({
          method: 'textDocument/didOpen',
          params: { textDocument: { uri, languageId: 'yaml', version, text: content } },
        });
      opened.add(uri);
      return said;
    },
    async completions(path, line, character) {
      const answer = await ask('textDocument/completion', {
        textDocument: { uri: uriOf(path) },
        position: { line, character },
      });
      const { items = [] } = (answer ?? {}) as { readonly items?: readonly { readonly label: string }[] };
      return items.map(({ label }) => label);
    },
    close: () => void server.kill(),
  };
}
