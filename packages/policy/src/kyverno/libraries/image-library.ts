import { library } from '../../cel/function-declaration.ts';
import { opaqueType } from '../../cel/type.ts';
import { CelError, CelOpaque, CelUnknown } from '../../cel/value.ts';
import { type ImageReference, parseImageReference } from './image-reference.ts';

const IMAGE = opaqueType('kyverno.Image');
/** The type of the variable `image`, which asks a registry. */
export const IMAGE_DATA = opaqueType('kyverno.ImageData');

/** An image reference as a value of CEL. */
class CelImage extends CelOpaque {
  readonly type = IMAGE;
  readonly reference: ImageReference;

  constructor(reference: ImageReference) {
    super();
    this.reference = reference;
  }

  equals(other: CelOpaque): boolean {
    return other instanceof CelImage && JSON.stringify(other.reference) === JSON.stringify(this.reference);
  }
}

abstract class ImageData extends CelOpaque {}

function parse(text: string): CelImage | CelError {
  const reference = parseImageReference(text);
  return reference ? new CelImage(reference) : new CelError(`could not parse reference: ${text}`);
}

const unknown = (): CelUnknown => new CelUnknown(['what is in an image is known to its registry only']);

/** Kyverno's library of image references (kyverno/sdk, cel/libs/image and imagedata). */
export const imageLibrary = library('kyverno.image', {
  types: { Image: { type: IMAGE, class: CelImage }, ImageData: { type: IMAGE_DATA, class: ImageData } },
  functions: {
    'image(string): Image': parse,
    'parseImageReference(string): Image': parse,
    'isImage(string): bool': (text) => parseImageReference(text) !== undefined,
    'Image.containsDigest(): bool': ({ reference }) => reference.digest !== '',
    'Image.registry(): string': ({ reference }) => reference.registry,
    'Image.repository(): string': ({ reference }) => reference.repository,
    'Image.tag(): string': ({ reference }) => reference.tag,
    'Image.digest(): string': ({ reference }) => reference.digest,
    'Image.identifier(): string': ({ reference: { tag, digest } }) =>
      digest !== '' && tag !== '' ? `${tag}@${digest}` : digest || tag,
    'Image.identifierWithSeparator(): string': ({ reference: { tag, digest } }) =>
      digest === '' ? `:${tag}` : `@${digest}`,
    'ImageData.GetMetadata(string): dyn': unknown,
    'ImageData.getMetadata(string): dyn': unknown,
  },
});
