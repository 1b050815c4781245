// A QR code as an image for a page that may load none: dark on light whatever the colours around it, with the margin that
// readers need.
import qrcode from 'qrcode-generator';

const modulePixels = 4;
const marginModules = 4;

/** @returns a `data:` address */
export function qrCode(text: string): string {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const svg = code.createSvgTag({ cellSize: modulePixels, margin: modulePixels * marginModules });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
