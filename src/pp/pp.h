/* pp: the preprocessor (C11 5.1.1.2 phases 1 to 4, 6.10). Source text in, one stream of tokens out.
 * One idea: a token is lexed once, is 24 bytes, and carries an interned identifier or a slice of the text; a macro
 * body is an
 * array of them; expansion follows the hide-set algorithm with a "disabled" mark on active macros. */
#ifndef PP_H
#define PP_H

#include "base/base.h"

/* Punctuators: X(id, spelling). */
#define PP_PUNCTUATORS(X) \
    X(LBRACKET, "[") X(RBRACKET, "]") X(LPAREN, "(") X(RPAREN, ")") X(LBRACE, "{") X(RBRACE, "}") X(DOT, ".") X(ARROW, "->") \
    X(INC, "++") X(DEC, "--") X(AMP, "&") X(STAR, "*") X(PLUS, "+") X(MINUS, "-") X(TILDE, "~") X(BANG, "!") X(SLASH, "/") \
    X(PERCENT, "%") X(SHL, "<<") X(SHR, ">>") X(LT, "<") X(GT, ">") X(LE, "<=") X(GE, ">=") X(EQ, "==") X(NE, "!=") \
    X(CARET, "^") X(PIPE, "|") X(ANDAND, "&&") X(OROR, "||") X(QUESTION, "?") X(COLON, ":") X(SEMI, ";") X(ELLIPSIS, "...") \
    X(ASSIGN, "=") X(STAR_ASSIGN, "*=") X(SLASH_ASSIGN, "/=") X(PERCENT_ASSIGN, "%=") X(PLUS_ASSIGN, "+=") \
    X(MINUS_ASSIGN, "-=") X(SHL_ASSIGN, "<<=") X(SHR_ASSIGN, ">>=") X(AMP_ASSIGN, "&=") X(CARET_ASSIGN, "^=") \
    X(PIPE_ASSIGN, "|=") X(COMMA, ",") X(HASH, "#") X(HASHHASH, "##")
#define PP_ENUM(id, s) T_##id,
typedef enum TokenKind {
    T_EOF,                     /* also for ever after the end, and once diag->stopped is set */
    T_IDENT,                   /* u.ident; keywords too: ident->kw tells */
    T_NUMBER,                  /* pp-number: u.text, n bytes */
    T_CHAR, T_STRING,          /* the whole spelling with prefix and quotes: u.text, n bytes, line splices removed */
    T_HEADER,                  /* <name>, only inside directives */
    T_OTHER,                   /* a single byte that is no token */
    T_NEWLINE,                 /* only from pp_next_raw: end of a logical line */
    T_PRAGMA,                  /* a #pragma or _Pragma that is the compiler's (u.pragma) */
    T_PLACEMARKER,             /* inside expansion only */
    PP_PUNCTUATORS(PP_ENUM)
    T_COUNT
} TokenKind;

enum { TF_BOL = 1,             /* first on its line */
       TF_SPACE = 2,           /* white space before */
       TF_NOEXPAND = 4,        /* identifier painted blue: met inside its own expansion (6.10.3.4p2) */
       TF_EXPANDED = 8 };      /* came out of a macro */

typedef enum PpPragmaKind { PRAGMA_PACK, PRAGMA_WEAK, PRAGMA_DIAG, PRAGMA_REDEFINE_EXTNAME, PRAGMA_STDC_FP_CONTRACT, PRAGMA_VISIBILITY,
               PRAGMA_TEXT /* only while -E is printed: the whole line behind #pragma */ } PpPragmaKind;
typedef struct PpPragma PpPragma; /* a pragma for the compiler: its tokens after the first name, up to the line's end */

typedef struct Token {
    uint8_t kind;              /* TokenKind */
    uint8_t flags;             /* TF_* */
    uint16_t pad;              /* 0 */
    uint32_t n;                /* bytes of u.text; for others the spelling's length */
    SrcLoc loc;
    uint32_t pad2;
    union {
        Ident *ident;
        const char *text;
        PpPragma *pragma;
    } u;
} Token;

struct PpPragma {
    PpPragmaKind kind;
    const Token *toks;         /* unexpanded or expanded per kind (pack: expanded) */
    uint32_t n;
};

typedef struct PpPath { const char *dir; bool system; } PpPath;
typedef struct PpOptions {
    /* Search order of 6.10.2: the current file's folder and `quote` for "..." only, then `angle`. The driver
     * puts -I, -isystem, standard folders and -idirafter into `angle` in that order. */
    const PpPath *quote, *angle;
    uint32_t nquote, nangle;
    int64_t source_date;       /* seconds since 1970, for __DATE__, __TIME__ and __TIMESTAMP__ */
    bool trigraphs;            /* -std=cNN */
    bool gnu;                  /* GNU dialect: $ in identifiers, , ##__VA_ARGS__ swallowing the comma in every form */
    bool assembler;            /* .S input: ' and unmatched quotes tolerated, # in column >0 not special after
                                  non-directive */
    unsigned std;              /* 1989, 1999, 2011, 2017 */
} PpOptions;

typedef struct Pp Pp;

/* A preprocessor over a context's shared parts. perm outlives it; unit is for tokens and macros of this run. */
Pp *pp_new(Host *host, Arena *perm, Arena *unit, Intern *idents, SrcMap *sm, Diag *diag, const PpOptions *opt);
/* Predefinitions, -D, -U, -include are given as text of directives, entered before the main file ("#define X 1\n…"),
 * named
 * `name` in messages ("<built-in>", "<command line>"). Call in order, then pp_enter_main. */
void pp_predefine(Pp *pp, const char *name, const char *text, size_t n);
void pp_include_first(Pp *pp, const char *path);                   /* -include */
bool pp_enter_main(Pp *pp, const char *name, const char *text, size_t n);

/* Answers for __has_attribute, __has_builtin, __has_feature: set by the compiler; NULL means none has. */
typedef bool PpHas(void *ctx, const char *what, size_t n);
void pp_set_has(Pp *pp, PpHas *attribute, PpHas *builtin, void *ctx);

/* The next token after phase 4. Adjacent strings are not joined here. */
void pp_next(Pp *pp, Token *t);
/* The same with T_NEWLINE between lines, for the assembler. */
void pp_next_raw(Pp *pp, Token *t);

/* Spelling of a token, appended to b (for -E, #, messages). */
void pp_spell(Buf *b, const Token *t);
const char *pp_punct_name(TokenKind k);                            /* "<<=" */

/* Whole-file products: the text of -E (with linemarkers unless no_lines), of -dM, and the prerequisites met so far. */
void pp_print_all(Pp *pp, Buf *out, bool no_lines);
void pp_print_macros(Pp *pp, Buf *out);
typedef struct PpDep { const char *name; bool system; } PpDep;
const PpDep *pp_deps(const Pp *pp, uint32_t *n);                    /* in order of first inclusion, main file first */
/* A make rule (-M family): target, prerequisites, with system headers or without; phony: -MP. Prerequisites are
 * quoted as make
 * wants it; the target is written as it is (-MT), so for -MQ and by default it goes through pp_make_quote first. */
void pp_print_deps(const Pp *pp, Buf *out, const char *target, bool with_system, bool phony);
void pp_make_quote(Buf *b, const char *name);

/* #if arithmetic is also the assembler's need: value of a pp-number as an integer constant (6.4.4.1). False when it
 * is none. */
typedef struct PpInt { uint64_t v; bool is_unsigned; uint8_t longs; bool decimal, overflow; } PpInt; /* overflow: v is cut to 64 bits */
bool pp_parse_int(const char *s, size_t n, PpInt *out);
/* Value of one character constant or string element at s (escape, UCN, UTF-8): advances *s. Result false and *err set
 * when malformed;
 * true and *err set when only worth a warning (unknown escape, the character stands for itself); else *err is NULL.
 * *is_byte: came from \x or octal escape and stands for a code unit, not a code point. Shared with cc's literals. */
bool pp_parse_char(const char **s, const char *end, uint32_t *c, bool *is_byte, const char **err);

#endif
