package dev.tidegate.tds.type;

import java.util.Locale;
import java.util.Optional;

/** The designators of Windows collations: what a name begins with, the locale it stands for, and the versions that exist. */
final class CollationDesignators {
    /** Name, LCID in hexadecimal, and versions: 0 without a number in the name, 1 for 90, 2 for 100, 3 for 140. */
    private static final String TABLE = """
        Latin1_General 0409 02
        Albanian 041C 02
        Arabic 0401 02
        Assamese 044D 2
        Azeri_Cyrillic 082C 12
        Azeri_Latin 042C 12
        Bashkir 046D 2
        Bengali 0445 2
        Bosnian_Cyrillic 201A 2
        Bosnian_Latin 141A 2
        Breton 047E 2
        Chinese_Hong_Kong_Stroke 0C04 1
        Chinese_PRC 0804 01
        Chinese_PRC_Stroke 20804 01
        Chinese_Simplified_Pinyin 0804 2
        Chinese_Simplified_Stroke_Order 20804 2
        Chinese_Taiwan_Bopomofo 30404 01
        Chinese_Taiwan_Stroke 0404 01
        Chinese_Traditional_Bopomofo 30404 2
        Chinese_Traditional_Pinyin 21404 2
        Chinese_Traditional_Stroke_Count 0404 2
        Chinese_Traditional_Stroke_Order 0C04 2
        Corsican 0483 2
        Croatian 041A 02
        Cyrillic_General 0419 02
        Czech 0405 02
        Danish_Greenlandic 046F 2
        Danish_Norwegian 0406 02
        Dari 048C 2
        Divehi 0465 12
        Estonian 0425 02
        Finnish_Swedish 040B 02
        French 040C 02
        Frisian 0462 2
        Georgian_Modern_Sort 10437 02
        German_PhoneBook 10407 02
        Greek 0408 02
        Hebrew 040D 02
        Hungarian 040E 02
        Hungarian_Technical 1040E 02
        Icelandic 040F 02
        Indic_General 0439 12
        Japanese 0411 01
        Japanese_Bushu_Kakusu 40411 23
        Japanese_Unicode 10411 0
        Japanese_XJIS 0411 23
        Kazakh 043F 12
        Khmer 0453 2
        Korean 0412 12
        Korean_Wansung 0412 0
        Lao 0454 2
        Latvian 0426 02
        Lithuanian 0427 02
        Macedonian_FYROM 042F 012
        Maltese 043A 2
        Maori 0481 2
        Mapudungan 047A 2
        Modern_Spanish 0C0A 02
        Mohawk 047C 2
        Nepali 0461 2
        Norwegian 0414 2
        Pashto 0463 2
        Persian 0429 2
        Polish 0415 02
        Romanian 0418 02
        Romansh 0417 2
        Sami_Norway 043B 2
        Sami_Sweden_Finland 083B 2
        Serbian_Cyrillic 0C1A 2
        Serbian_Latin 081A 2
        Slovak 041B 02
        Slovenian 0424 02
        Syriac 045A 12
        Tamazight 085F 2
        Tatar 0444 12
        Thai 041E 02
        Tibetan 0451 2
        Traditional_Spanish 040A 02
        Turkish 041F 02
        Turkmen 0442 2
        Uighur 0480 2
        Ukrainian 0422 02
        Upper_Sorbian 042E 2
        Urdu 0420 2
        Uzbek_Latin 0443 12
        Vietnamese 042A 02
        Welsh 0452 2
        Yakut 0485 2
        """;

    private CollationDesignators() {}

    static Optional<String> nameOf(int lcid, int version) {
        return TABLE.lines()
                .map(line -> line.split(" "))
                .filter(entry -> Integer.parseInt(entry[1], 16) == lcid && hasVersion(entry, version))
                .map(entry -> entry[0])
                .findFirst();
    }

    /** @param name not case-sensitive */
    static Optional<Integer> lcidOf(String name, int version) {
        return TABLE.lines()
                .map(line -> line.split(" "))
                .filter(entry -> entry[0].toUpperCase(Locale.ROOT).equals(name.toUpperCase(Locale.ROOT)))
                .filter(entry -> hasVersion(entry, version))
                .map(entry -> Integer.parseInt(entry[1], 16))
                .findFirst();
    }

    private static boolean hasVersion(String[] entry, int version) {
        return entry[2].indexOf('0' + version) >= 0;
    }
}
