const site = {{#if service.title}}{{json service.title}}{{else}}{{json service.name}}{{/if}};

/** Text as it can stand in HTML, also between quotes. */
export function escapeText(text) {
  const names = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => names[character]);
}

/**
 * A whole page.
 *
 * @param {object} page
 * @param {string} page.title
 * @param {string} page.body HTML
 * @param {string} page.path The page's address; it begins with a slash, as those of the navigation do.
 * @param {readonly object[]} page.navigation Each with a `title` and a `path`.
 */
export function layout({ title, body, path, navigation }) {
  const entries = navigation.map((entry) => {
    const current = entry.path === path ? ' aria-current="page"' : '';
    return `<li><a href="${escapeText(entry.path)}"${current}>${escapeText(entry.title)}</a></li>`;
  });
  const name = escapeText(title === site ? site : `${title} · ${site}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><nav aria-label="Pages"><ul>${entries.join('')}</ul></nav></header>
<main>
${body}</main>
</body>
</html>
`;
}
