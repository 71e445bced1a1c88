import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const types = { '.html': 'text/html', '.css': 'text/css', '.svg': 'image/svg+xml', '.txt': 'text/plain', '.js': 'text/javascript' };

/** A server for a laptop that finds pages as nginx.conf does: /writing is writing.html, / is index.html. */
export function siteServer(folder) {
  return createServer(async (request, response) => {
    const path = safePath(request.url ?? '/');
    const candidates = path === undefined ? [] : path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`];
    for (const candidate of candidates) {
      const content = await readFile(join(folder, candidate)).catch(() => undefined);
      if (content === undefined) continue;
      response.writeHead(200, { 'content-type': `${types[extname(candidate)] ?? 'application/octet-stream'}; charset=utf-8` });
      return response.end(content);
    }
    response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
    return response.end(await readFile(join(folder, '404.html')).catch(() => 'not found'));
  });
}

/** The path of an address; URL has taken every `..` out of it. */
function safePath(address) {
  try {
    const path = decodeURIComponent(new URL(address, 'http://localhost').pathname);
    return path.split('/').includes('..') || path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

// Also run as a program: `npm start`.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const port = Number(process.env.PORT ?? {{params.port}});
  siteServer(resolve(import.meta.dirname, '../dist')).listen(port, () => console.log(`http://localhost:${port}`));
}
