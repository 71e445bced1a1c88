import type { Finding, Json, RelatedPlace } from '@idp/core';
import { visibleText } from '../text/visible-text.ts';

type Place = Pick<Finding, 'path' | 'line' | 'column' | 'endLine' | 'endColumn'>;

/**
 * Where a finding is. Code scanning drops a result without a file, so what concerns all of the repository is shown at
 * its settings.
 */
export function shownLocation(place: Place): Json {
  return { physicalLocation: physical(place) };
}

/** The other places of a finding; `{}` when there are none: SARIF wants no empty list. */
export function relatedLocations(places: readonly RelatedPlace[]): { readonly relatedLocations?: Json } {
  if (places.length === 0) return {};
  return {
    relatedLocations: places.map((place, id) => ({
      id,
      message: { text: visibleText(place.message) },
      physicalLocation: physical(place),
    })),
  };
}

function physical(place: Place): Json {
  const artifactLocation = { uri: uriOf(place.path ?? 'idp.yaml'), uriBaseId: '%SRCROOT%' };
  const region = place.path === undefined ? undefined : regionOf(place);
  return { artifactLocation, ...(region !== undefined && { region }) };
}

/** A relative reference (RFC 3986): a name with a colon in its first part would be a scheme, so `:` is encoded too. */
export function uriOf(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')))
    .join('/');
}

function regionOf({ line, column, endLine = line, endColumn }: Place): Json | undefined {
  if (line === undefined || endLine === undefined || endLine < line)
    return line === undefined ? undefined : { startLine: line };
  if (column === undefined) return { startLine: line, endLine };
  const ends = endColumn !== undefined && (endLine > line || endColumn >= column);
  return { startLine: line, startColumn: column, ...(ends && { endLine, endColumn }) };
}
