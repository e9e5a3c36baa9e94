/**
 * Types and values: declarations ({@link dev.tidegate.tds.type.TypeInfo}), collations and their code pages, single values
 * ({@link dev.tidegate.tds.type.ValueCodec}), and the bytes of each kind of value, which both this package and the rows use ([MS-TDS]
 * 2.2.5.4 to 2.2.5.6).
 *
 * <p>Nothing is bent to fit: a value outside its type's range is a {@link dev.tidegate.tds.type.ValueOutOfRangeException}, bytes that are
 * no value are a {@link dev.tidegate.tds.TdsProtocolException}, and what is in order but cannot be handed on is an {@link
 * dev.tidegate.tds.type.UnreadableValueException}.
 */
package dev.tidegate.tds.type;
