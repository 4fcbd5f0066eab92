// out: L"a" u"b" U"c" u8"d" L'e' u'f' U'g' R"x" LL"y" u8'h' Lx
L"a" u"b" U"c" u8"d" L'e' u'f' U'g' R"x" LL"y" u8'h' Lx
