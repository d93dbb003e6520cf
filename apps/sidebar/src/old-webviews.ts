/**
 * What our libraries call and the oldest webviews we build for do not have (Object.hasOwn: Chromium 93, Safari 15.4). The build lowers
 * syntax only. Import it before everything else.
 */
if (!Object.hasOwn) {
  Object.defineProperty(Object, 'hasOwn', {
    configurable: true,
    writable: true,
    value: (object: object, key: PropertyKey) => Object.prototype.hasOwnProperty.call(object, key),
  });
}
