/* What the preprocessor's files share. Sections by file. */
#ifndef PP_INTERNAL_H
#define PP_INTERNAL_H

#include "pp/pp.h"

/* Names the preprocessor knows (Ident.pp). */
#define PP_NAMES(X) \
    X(DEFINE, "define") X(UNDEF, "undef") X(INCLUDE, "include") X(INCLUDE_NEXT, "include_next") X(IMPORT, "import") \
    X(IF, "if") X(IFDEF, "ifdef") X(IFNDEF, "ifndef") X(ELIF, "elif") X(ELIFDEF, "elifdef") X(ELIFNDEF, "elifndef") \
    X(ELSE, "else") X(ENDIF, "endif") X(LINE, "line") X(ERROR, "error") X(WARNING, "warning") X(PRAGMA, "pragma") \
    X(IDENT, "ident") X(SCCS, "sccs") X(ASSERT, "assert") X(UNASSERT, "unassert") \
    X(DEFINED, "defined") X(VA_ARGS, "__VA_ARGS__") X(VA_OPT, "__VA_OPT__") \
    X(ONCE, "once") X(PUSH_MACRO, "push_macro") X(POP_MACRO, "pop_macro") X(PACK, "pack") X(GCC, "GCC") X(STDC, "STDC") \
    X(POISON, "poison") X(SYSTEM_HEADER, "system_header") X(DIAGNOSTIC, "diagnostic") X(VISIBILITY, "visibility") \
    X(WEAK, "weak") X(REDEFINE_EXTNAME, "redefine_extname") X(FP_CONTRACT, "FP_CONTRACT") X(DEPENDENCY, "dependency")
#define PP_NAME_ENUM(id, s) N_##id,
enum PpName { N_NONE, PP_NAMES(PP_NAME_ENUM) N_COUNT };

typedef enum MacroKind {
    MACRO_OBJECT, MACRO_FUNC,
    MACRO_FILE, MACRO_LINE, MACRO_DATE, MACRO_TIME, MACRO_TIMESTAMP, MACRO_COUNTER, MACRO_INCLUDE_LEVEL, MACRO_BASE_FILE,
    MACRO_HAS_INCLUDE, MACRO_HAS_INCLUDE_NEXT, MACRO_HAS_ATTRIBUTE, MACRO_HAS_BUILTIN, MACRO_HAS_FEATURE,
    MACRO_PRAGMA,              /* the _Pragma operator; not a macro for #ifdef */
    MACRO_POISON               /* #pragma GCC poison; not a macro for #ifdef */
} MacroKind;

/* Marks on a body token, in Token.pad2; for BODY_PARAM the parameter's number is in Token.pad. */
enum { BODY_PARAM = 1,
       BODY_STR = 2,           /* # stood before this parameter (or before __VA_OPT__) */
       BODY_PASTE = 4,         /* ## stands behind this token */
       BODY_OPT = 8,           /* __VA_OPT__ with its (; the group lasts to the next BODY_OPT_END */
       BODY_OPT_END = 16,      /* the group's ) */
       BODY_STR_SPACE = 32,    /* white space between # and the parameter */
       BODY_PASTE_SPACE = 64   /* white space before ## */ };

typedef struct Macro {
    Ident *name;
    SrcLoc loc;                /* of the name where it is defined; 0 for built in */
    SrcLoc span;               /* first byte of the body, and bytes up to the end of its last token */
    uint32_t span_n;
    const Token *body;
    uint32_t n;
    uint16_t nparams;          /* the variadic one included */
    uint8_t kind;              /* MacroKind */
    bool variadic;
    bool named_rest;           /* `args...` instead of `...` */
    bool ops;                  /* an object-like body with ##, or any function-like body with parameters */
    bool disabled;             /* being rescanned (6.10.3.4p2) */
    Ident **params;
} Macro;

enum { L_OTHER, L_BLANK, L_NEWLINE, L_NUL, L_ID, L_DIGIT, L_DOT, L_QUOTE, L_SLASH, L_HASH, L_SINGLE, L_MULTI, L_BACKSLASH,
       L_QUESTION, L_HIGH };
enum { K_ID = 1,               /* continues an identifier */
       K_NUM = 2,              /* continues a pp-number */
       K_BLANK = 4,            /* white space but newline */
       K_STOP = 8,             /* behind an identifier or number: look closer */
       K_STR = 16,             /* inside a string: look closer */
       K_SKIP = 32 };          /* in a skipped line: look closer */
typedef struct LexTab {
    uint8_t first[256];        /* what a token that starts so is: L_* */
    uint8_t cls[256];          /* K_* */
} LexTab;

/* One text per path asked for, found or not. */
typedef struct PpFile {
    const char *path;
    const char *text;
    size_t n;
    uint64_t id[2];
    Ident *guard;              /* the whole text is inside #ifndef guard … #endif */
    bool exists, loaded, once, imported, dep;
} PpFile;

typedef struct Cond {
    SrcLoc loc;                /* of the opening directive */
    uint8_t opened;            /* N_IF, N_IFDEF, N_IFNDEF */
    bool taken;                /* a group of it was or is processed */
    bool was_else;
    bool outermost_guard;      /* the file's first line is this #ifndef */
} Cond;

/* An entered text: its lexer state while another one is on top of it. */
typedef struct Input {
    const uint8_t *p, *text, *end;
    SrcFile *sf;
    PpFile *file;              /* NULL for predefinitions */
    int32_t dir;               /* number in quote + angle where it was found, -1: none */
    uint32_t conds;            /* height of the stack of conditionals when entered */
    const uint8_t *first_hash; /* the # that is the first token of the text, or NULL */
    Ident *guard;              /* candidate, from that #ifndef */
    bool guard_closed;         /* its #endif was the last token */
} Input;

typedef struct PoolBlock PoolBlock;
typedef struct PoolMark { PoolBlock *block; uint32_t used; } PoolMark;
struct PoolBlock {
    PoolBlock *prev, *next;
    uint32_t used, cap;
    Token *toks;
};

/* A run of tokens to be read before the text goes on. */
typedef struct Ctx {
    const Token *p, *end;
    Macro *macro;              /* enabled again when the run is over */
    SrcLoc delta;              /* added to the tokens' numbers */
    uint8_t tail;              /* pads behind the last token */
    bool barrier;              /* gives T_EOF at its end: the expansion of one argument */
    PoolMark mark;
} Ctx;

/* An argument's tokens on the scratch stack, as written and expanded. */
typedef struct Arg {
    uint32_t raw, raw_n, exp, exp_n;
    bool expanded;
    uint8_t tail;              /* pads behind the last token of its expansion */
} Arg;

typedef struct PushedMacro PushedMacro;
struct PushedMacro { Macro *macro; PushedMacro *next; };

/* Pp.quiet: the lexer says nothing; skipped groups still tell of an open comment. */
enum { QUIET_SKIP = 1, QUIET_ALL = 2 };

struct Pp {
    /* hot: the lexer on the current text */
    const uint8_t *p, *text, *end;
    const LexTab *tab;
    SrcLoc base;               /* number of text[0] */
    uint8_t lexflags;          /* TF_BOL: the next token starts a line */
    uint8_t carry;             /* TF_BOL left over by an expansion */
    uint8_t pads;              /* since the last token: see subst.c */
    bool in_directive;         /* a newline is a token and is not passed */
    bool lexing_text;          /* a piece of text that is no file: pasted tokens, a cleaned line */
    uint8_t quiet;             /* QUIET_* or 0 */
    bool collecting;           /* a macro's arguments are being read */
    bool in_if;                /* inside the expression of #if */
    uint32_t nctx;
    Ctx *ctx;                  /* stack */
    Intern *idents;

    Host *host;
    Arena *perm, *unit;
    SrcMap *sm;
    Diag *diag;
    PpOptions opt;
    LexTab plain, full;        /* without and with trigraphs */
    PpHas *has_attribute, *has_builtin;
    void *has_ctx;

    Input in;                  /* the current text; p is in Pp.p */
    VEC(Input) inputs;         /* those below it */
    VEC(Cond) conds;
    VEC(const char *) first;   /* -include */
    uint32_t first_done;
    bool entered_main, done;
    PpFile *main_file;
    const char *main_name;
    Map files;                 /* path -> PpFile */
    Map once;                  /* identity -> PpFile */
    VEC(PpDep) deps;
    Map pushed;                /* Ident -> PushedMacro */
    VEC(Macro *) macros;       /* every definition, in order */
    uint32_t counter;          /* __COUNTER__ */

    /* expansion */
    uint32_t ctx_cap;
    VEC(Token) scratch;        /* a stack of token lists */
    VEC(Arg) args;             /* a stack of argument lists */
    PoolBlock *pool;
    uint32_t hold;             /* do not give pool memory back */
    uint32_t depth;            /* nested argument expansions */
    SrcLoc entered_at;         /* name of the outermost macro last entered */
    uint32_t spent;            /* tokens made since the outermost macro was entered */
    Buf tmp, clean;
    bool pragma_ready;         /* `pragma` is to be given out */
    Token pragma;

    bool held, raw_begun, raw_ended; /* pp_next_raw: a token waits behind its newline */
    Token held_token;

    struct Printer *printer;   /* -E is being made */
};

/* ---- skip.c ---- */
static inline SrcLoc pp_loc_of(const Pp *pp, const uint8_t *p) { return pp->base + (SrcLoc)(p - pp->text); }
SrcLoc pp_here(const Pp *pp);
unsigned pp_trigraph(unsigned c);                    /* what ??c stands for, 0 for nothing */
unsigned pp_get(const Pp *pp, const uint8_t **at);   /* one character after phases 1 and 2, and past it; 0 at the end of text */
const uint8_t *pp_splice_end(const Pp *pp, const uint8_t *p); /* at \ or ?: past the line splice, or NULL */
const uint8_t *pp_comment(Pp *pp, const uint8_t *p); /* at /: past the comment it opens, or NULL */
const uint8_t *pp_skip_blank(Pp *pp, const uint8_t *p, bool lines); /* past white space and comments */
bool pp_rest_blank(Pp *pp, const uint8_t *p);        /* only white space and comments up to the end of text */
bool pp_paren_follows(Pp *pp);                       /* passes blanks, lines, comments and ( in the text, or nothing */
const uint8_t *pp_skip_to_eol(Pp *pp, const uint8_t *p); /* the newline that ends the logical line, or the end of text */
bool pp_skip_group(Pp *pp, Token *name);             /* to the next line with a conditional directive: its name; or false */

/* ---- lex.c ---- */
void pp_make_tables(Pp *pp);
void pp_lex(Pp *pp, Token *t);                       /* next token of the text; does directives; T_EOF at the very end */
void pp_lex_header(Pp *pp, Token *t);                /* as pp_lex, but <name> and "name" are header names */
bool pp_lex_whole(Pp *pp, const char *s, size_t n, SrcLoc loc, Token *t); /* s as exactly one token */
void pp_lex_all(Pp *pp, const char *s, size_t n, SrcLoc loc); /* the tokens of s onto the scratch stack, all at loc */

/* ---- directive.c ---- */
bool pp_directive(Pp *pp, SrcLoc hash);              /* after #: true when the line is gone, false to pass the # on */
void pp_skip_line(Pp *pp);                           /* the rest of a directive */
void pp_end_line(Pp *pp, const char *name);          /* the same, with a warning about extra tokens */
void pp_bad_ident(Pp *pp, const Token *t);           /* use of a poisoned name, or not */
void pp_end_conds(Pp *pp);                           /* at the end of a text: unterminated conditionals */

/* ---- pragma.c ---- */
void pp_pragma(Pp *pp, SrcLoc at);                   /* after #pragma, in_directive; may set pragma_ready */
bool pp_pragma_op(Pp *pp, const Token *op);          /* _Pragma met: reads its operand */

/* ---- include.c ---- */
void pp_include(Pp *pp, enum PpName kind, SrcLoc at);
bool pp_has_include(Pp *pp, bool next);              /* after __has_include: reads ( header ) */
bool pp_push_text(Pp *pp, const char *name, const char *text, size_t n, PpFile *file, int32_t dir, SrcLoc at, bool system);
void pp_push_first(Pp *pp);                          /* the next -include */
void pp_pop_input(Pp *pp);
PpFile *pp_file_at(Pp *pp, const char *path);

/* ---- macro.c ---- */
void pp_define(Pp *pp);
void pp_undef(Pp *pp);
bool pp_macro_name(Pp *pp, Token *t, const char *directive); /* reads and checks one */
bool pp_is_macro(const Ident *id);                   /* for #ifdef and defined */
void pp_add_builtins(Pp *pp);
void pp_print_macro(Buf *b, const Macro *m);         /* as a #define line */

/* ---- expand.c ---- */
void pp_next_raw_token(Pp *pp, Token *t);            /* unexpanded, from expansions or the text */
void pp_push_ctx(Pp *pp, const Token *p, uint32_t n, Macro *m, SrcLoc delta, unsigned tail, PoolMark mark);
void pp_expand_arg(Pp *pp, uint32_t arg);            /* once */
enum Entered { ENTER_NONE, ENTER_PUSHED, ENTER_TOKEN };
bool pp_paren_next(Pp *pp);                          /* whether ( comes next; then it is read */
void pp_fatal(Pp *pp);                               /* no more tokens */

/* ---- subst.c ---- */
/* Flags inside the preprocessor: white space behind a name without any; TF_OWN is valid with TF_PADDED: white space of its own. */
enum { TF_NEAR = 16, TF_OWN = 32, TF_PADDED = 64 };
enum { PAD_END = (0 | 0 << 2) ^ 4, PAD_TIGHT = (1 | 1 << 2) ^ 4, PAD_WHITE = (2 | 1 << 2) ^ 4 };
unsigned pp_pad_then(unsigned first, unsigned then);
void pp_pad_token(unsigned pads, Token *t);          /* puts them before it */
unsigned pp_pad_name(const Token *t);                /* what a replaced name leaves: its pads and its own */
/* The tokens made lie on the scratch stack from the result on. */
uint32_t pp_substitute(Pp *pp, const Macro *m, uint32_t args, SrcLoc delta, bool rest_omitted, unsigned *tail);

/* ---- builtin.c ---- */
const char *pp_quote(Pp *pp, const char *s, size_t n, uint32_t *out_n); /* as a string literal, in unit */
enum Entered pp_enter_builtin(Pp *pp, Token *t, Macro *m);

/* ---- ifexpr.c ---- */
bool pp_if(Pp *pp, const char *directive);

/* ---- lit.c ---- */
bool pp_ucn_valid(uint32_t c);

/* ---- print.c ---- */
void pp_print_enter(Pp *pp);
void pp_print_leave(Pp *pp);

#endif
