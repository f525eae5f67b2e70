// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

// The formats of the option table. Each has read(), which returns nothing for a text that is not
// allowed, write(), its inverse, and Allowed, a text for translation with %1 for names().

#include "config/connectionconfig.h"
#include "config/numbers.h"
#include "sql/sessionsettings.h"

#include <cmath>

namespace qproxysql {

struct OptionFormat
{
    static constexpr bool IsSql = false;
};

/// Seconds above 0 with any number of decimals ("30", "0.5"), rounded to milliseconds.
template<int Most>
struct Seconds : OptionFormat
{
    using Milliseconds = std::chrono::milliseconds;

    static std::optional<Milliseconds> read(const QString &text)
    {
        const double seconds = isPlainNumber(text) ? text.toDouble() : 0;
        if (!(seconds <= Most))
            return {};
        const Milliseconds time(std::llround(seconds * 1000.0));
        return time.count() > 0 ? std::optional(time) : std::nullopt;
    }
    static QString write(Milliseconds time)
    {
        return QString::number(double(time.count()) / 1000.0, 'g', 12);
    }
};

struct UpToADay : Seconds<86'400>
{
    static constexpr const char *Allowed =
            QT_TRANSLATE_NOOP("QProxySql",
                              "a number of seconds above 0 and at most 86400, as in 30 or 0.5");
};

struct UpToAnHour : Seconds<3'600>
{
    static constexpr const char *Allowed =
            QT_TRANSLATE_NOOP("QProxySql",
                              "a number of seconds above 0 and at most 3600, as in 10 or 0.5");
};

struct UpToADayOrZero : UpToADay
{
    static constexpr const char *Allowed = QT_TRANSLATE_NOOP(
            "QProxySql",
            "a number of seconds of at most 86400, as in 30 or 0.5, or 0 for no limit");

    static std::optional<Milliseconds> read(const QString &text)
    {
        return text == u'0' ? Milliseconds(0) : UpToADay::read(text);
    }
};

template<int Most>
struct WholeNumber : OptionFormat
{
    static std::optional<int> read(const QString &text) { return readWholeNumber(text, 0, Most); }
    static QString write(int number) { return QString::number(number); }
};

struct Switch : WholeNumber<1>
{
    static constexpr const char *Allowed = QT_TRANSLATE_NOOP("QProxySql", "0 or 1");
};

struct UpTo1000 : WholeNumber<1000>
{
    static constexpr const char *Allowed = QT_TRANSLATE_NOOP("QProxySql",
                                                             "a whole number from 0 to 1000");
};

struct UpToAGibibyte : WholeNumber<1'048'576>
{
    static constexpr const char *Allowed = QT_TRANSLATE_NOOP("QProxySql",
                                                             "a whole number from 0 to 1048576");
};

/// The value is the text itself.
struct PlainText : OptionFormat
{
    static QString write(const QString &text) { return text; }
    static std::optional<QString> nonEmpty(const QString &text)
    {
        return text.isEmpty() ? std::nullopt : std::optional(text);
    }
    /// 1 to 64 letters, digits and \a others.
    static std::optional<QString> name(const QString &text, QStringView others)
    {
        const bool isName = text.size() <= 64 && std::ranges::all_of(text, [others](QChar c) {
                                return c.unicode() < 128
                                       && (c.isLetterOrNumber() || others.contains(c));
                            });
        return isName ? nonEmpty(text) : std::nullopt;
    }
};

struct ConnectionNames : PlainText
{
    static constexpr const char *Allowed =
            QT_TRANSLATE_NOOP("QProxySql",
                              "names of QSqlDatabase connections, separated by commas");
    static std::optional<QString> read(const QString &text) { return nonEmpty(text); }
};

struct FilePath : PlainText
{
    static constexpr const char *Allowed = QT_TRANSLATE_NOOP("QProxySql",
                                                             "the path of a pool file");
    static std::optional<QString> read(const QString &text) { return nonEmpty(text); }
};

struct PoolName : PlainText
{
    static constexpr const char *Allowed =
            QT_TRANSLATE_NOOP("QProxySql", "a name of 1 to 64 letters, digits, '.', '_' or '-'");
    static std::optional<QString> read(const QString &text) { return name(text, u"._-"); }
};

struct SchemaName : PlainText
{
    static constexpr const char *Allowed = QT_TRANSLATE_NOOP("QProxySql",
                                                             "1 to 64 letters, digits and '_'");
    static std::optional<QString> read(const QString &text) { return name(text, u"_"); }
};

struct Sql : PlainText
{
    static constexpr const char *Allowed =
            QT_TRANSLATE_NOOP("QProxySql", "SQL, in double quotes when it contains ';'");
    static constexpr bool IsSql = true;
    static std::optional<QString> read(const QString &text) { return text; }
};

struct DriverName : PlainText
{
    static constexpr const char *Allowed = QT_TRANSLATE_NOOP("QProxySql", "QMYSQL or QMARIADB");
    static std::optional<QString> read(const QString &text)
    {
        const QString name = text.toUpper();
        const bool isOne = name == QLatin1String("QMYSQL") || name == QLatin1String("QMARIADB");
        return isOne ? std::optional(name) : std::nullopt;
    }
};

/// One of the words in \a Format::Words, in any case.
template<typename Format, typename Value>
struct Word : OptionFormat
{
    struct Entry
    {
        QLatin1String word;
        Value value;
    };

    static std::optional<Value> read(const QString &text)
    {
        for (const Entry &entry : Format::Words) {
            if (text.compare(entry.word, Qt::CaseInsensitive) == 0)
                return entry.value;
        }
        return {};
    }
    static QString write(Value value)
    {
        return std::ranges::find(Format::Words, value, &Entry::value)->word;
    }
};

struct BalanceWord : Word<BalanceWord, Balance>
{
    static constexpr const char *Allowed = QT_TRANSLATE_NOOP("QProxySql",
                                                             "random, leastconn or first");
    static constexpr Entry Words[] = {{QLatin1String("random"), Balance::Random},
                                      {QLatin1String("leastconn"), Balance::LeastConn},
                                      {QLatin1String("first"), Balance::First}};
};

struct ControlWord : Word<ControlWord, Control>
{
    static constexpr const char *Allowed = QT_TRANSLATE_NOOP("QProxySql", "off, local or fleet");
    static constexpr Entry Words[] = {{QLatin1String("off"), Control::Off},
                                      {QLatin1String("local"), Control::Local},
                                      {QLatin1String("fleet"), Control::Fleet}};
};

struct CausalReadsWord : Word<CausalReadsWord, CausalReads>
{
    static constexpr const char *Allowed = QT_TRANSLATE_NOOP("QProxySql", "moves, always or off");
    static constexpr Entry Words[] = {{QLatin1String("moves"), CausalReads::Moves},
                                      {QLatin1String("always"), CausalReads::Always},
                                      {QLatin1String("off"), CausalReads::Off}};
};

struct ExactlyOnceWord : Word<ExactlyOnceWord, ExactlyOnce>
{
    static constexpr const char *Allowed = QT_TRANSLATE_NOOP("QProxySql",
                                                             "off, transactions or always");
    static constexpr Entry Words[] = {{QLatin1String("off"), ExactlyOnce::Off},
                                      {QLatin1String("transactions"), ExactlyOnce::Transactions},
                                      {QLatin1String("always"), ExactlyOnce::Always}};
};

/// The names of pins that may be ignored.
struct IgnorableState : OptionFormat
{
    static constexpr const char *Allowed = QT_TRANSLATE_NOOP("QProxySql",
                                                             "a list, separated by commas, of %1");
    static QString names()
    {
        SessionPins pins;
        for (const SessionPinInfo &info : sessionPins())
            pins.setFlag(info.pin, info.isIgnorable);
        return pinNames(pins).join(QLatin1String(", "));
    }
    static std::optional<SessionPins> read(const QString &text)
    {
        SessionPins pins;
        for (const QString &part : text.split(u',')) {
            const auto info = std::ranges::find(sessionPins(), part.trimmed().toLower(),
                                                &SessionPinInfo::name);
            if (info == sessionPins().end() || !info->isIgnorable)
                return {};
            pins |= info->pin;
        }
        return pins;
    }
    static QString write(SessionPins pins) { return pinNames(pins).join(u','); }
};

} // namespace qproxysql
