// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/connectoptions.h"

#include "config/coretexts.h"
#include "config/logging.h"
#include "config/optionnames.h"
#include "config/quotedtext.h"

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr QLatin1String ProtocolOfQmysql("MYSQL_OPT_PROTOCOL");
constexpr QLatin1String SocketOfQmysql("UNIX_SOCKET");

bool isConnectTimeoutOfQmysql(const QString &name)
{
    return name.compare("MYSQL_OPT_CONNECT_TIMEOUT"_L1, Qt::CaseInsensitive) == 0;
}

/// One "NAME=VALUE" of the connect options.
struct Segment
{
    QString name;
    QString value; ///< trimmed, without quotes
    QString text;
    bool hasValue = false;
};

class Parser
{
public:
    Parser(const QString &text, const QString &source)
        : m_text(text)
        , m_source(source)
    {
    }

    using Take = Expected<void> (Parser::*)(const Segment &segment);
    Expected<ConnectOptions> parse(Take taker);
    Expected<void> take(const Segment &segment);
    Expected<void> takeAsQmysql(const Segment &segment);
    Expected<void> takeForInner(const Segment &segment);

private:
    Expected<Segment> next();
    Expected<Segment> readQuotedValue(Segment segment, qsizetype quote);
    Expected<void> takeOwn(const OptionInfo &info, const Segment &segment);
    Unexpected<QString> refuseUnknown(const Segment &segment) const;
    void warnOfReconnect(const Segment &segment) const;
    Unexpected<QString> fail(const QString &reason) const;

    const QString m_text;
    const QString m_source;
    qsizetype m_at = 0;
    ConnectOptions m_options;
    std::map<Option, QString> m_spellings;
};

Expected<ConnectOptions> Parser::parse(Take taker)
{
    while (m_at < m_text.size()) {
        const auto segment = next();
        if (!segment)
            return Unexpected(segment.error());
        const bool isEmpty = segment->name.isEmpty() && !segment->hasValue;
        if (const auto taken = isEmpty ? Expected<void>() : (this->*taker)(*segment); !taken)
            return Unexpected(taken.error());
    }
    return m_options;
}

Expected<Segment> Parser::next()
{
    const QStringView view(m_text);
    const qsizetype start = m_at;
    qsizetype end = view.indexOf(u';', start);
    if (end < 0)
        end = view.size();

    Segment segment;
    const qsizetype equals = view.first(end).indexOf(u'=', start);
    segment.hasValue = equals >= 0;
    segment.name = view.sliced(start, (segment.hasValue ? equals : end) - start).trimmed().toString();
    m_at = end + 1;
    segment.text = view.sliced(start, end - start).toString();
    if (!segment.hasValue)
        return segment;

    qsizetype valueStart = equals + 1;
    while (valueStart < end && view[valueStart].isSpace())
        ++valueStart;
    if (valueStart < end && view[valueStart] == u'"' && findOption(segment.name))
        return readQuotedValue(segment, valueStart);
    segment.value = view.sliced(valueStart, end - valueStart).trimmed().toString();
    return segment;
}

Expected<Segment> Parser::readQuotedValue(Segment segment, qsizetype quote)
{
    const auto quoted = QuotedText::read(m_text, quote);
    if (!quoted)
        return fail(
                CoreTexts::tr("the value of %1 begins with a double quote that is not closed; "
                              "allowed is %1=\"...\" with every double quote inside written twice")
                        .arg(segment.name));
    const QStringView rest = QStringView(m_text).sliced(quoted->end);
    const qsizetype end = rest.indexOf(u';');
    if (!rest.first(end < 0 ? rest.size() : end).trimmed().isEmpty())
        return fail(CoreTexts::tr("the value of %1 goes on after its closing double quote; allowed "
                                  "is %1=\"...\" with every double quote inside written twice")
                            .arg(segment.name));
    segment.value = quoted->text;
    m_at = end < 0 ? m_text.size() : quoted->end + end + 1;
    return segment;
}

Expected<void> Parser::take(const Segment &segment)
{
    if (segment.name.isEmpty())
        return fail(
                CoreTexts::tr("a value stands without an option name; allowed is NAME=VALUE;..."));
    const OptionInfo *own = findOption(segment.name);
    if (own)
        return takeOwn(*own, segment);
    if (isInnerOption(segment.name))
        return takeForInner(segment);
    return refuseUnknown(segment);
}

Expected<void> Parser::takeAsQmysql(const Segment &segment)
{
    const OptionInfo *own = findOption(segment.name);
    return own ? takeOwn(*own, segment) : takeForInner(segment);
}

Expected<void> Parser::takeForInner(const Segment &segment)
{
    if (segment.name.compare("MYSQL_OPT_RECONNECT"_L1, Qt::CaseInsensitive) == 0) {
        // QMYSQL reads the value so, except that it expects upper case.
        if (segment.value.isEmpty() || segment.value == u'1'
            || segment.value.compare("TRUE"_L1, Qt::CaseInsensitive) == 0)
            warnOfReconnect(segment);
        return {};
    }
    bool isNumber = false;
    if (isConnectTimeoutOfQmysql(segment.name))
        return segment.value.toInt(&isNumber) == 0 && isNumber
                       ? Expected<void>()
                       : takeOwn(optionInfo(Option::ConnectTimeout), segment);
    if (findOption(segment.name))
        return fail(CoreTexts::tr("%1 is an option of the QPROXYSQL connection, not of one that it "
                                  "names; allowed are the options of QMYSQL")
                            .arg(segment.name));
    m_options.inner.append({segment.name, segment.text, m_source});
    return {};
}

Expected<void> Parser::takeOwn(const OptionInfo &info, const Segment &segment)
{
    if (!segment.hasValue)
        return fail(CoreTexts::tr("%1 needs a value, as in %1=VALUE; allowed is %2")
                            .arg(segment.name, info.allowed()));
    if (const auto good = info.check(segment.value); !good)
        return fail(isConnectTimeoutOfQmysql(segment.name)
                            ? CoreTexts::tr("%1 (given as %2)").arg(good.error(), segment.name)
                            : good.error());

    const auto it = m_options.own.find(info.option);
    if (it != m_options.own.end() && !info.isSame(it->second.value, segment.value)) {
        const QString former = m_spellings[info.option];
        return fail(
                info.isSql
                        ? CoreTexts::tr("%1 is given twice with different values; allowed is one")
                                  .arg(segment.name)
                        : CoreTexts::tr(
                                  "%1=%2 and %3=%4 contradict each other; allowed is one of them")
                                  .arg(former, it->second.value, segment.name, segment.value));
    }
    m_options.own.insert_or_assign(info.option, GivenValue{segment.value, m_source});
    m_spellings[info.option] = segment.name;
    return {};
}

Unexpected<QString> Parser::refuseUnknown(const Segment &segment) const
{
    const QString meant = closestOption(segment.name);
    if (!meant.isEmpty())
        return fail(CoreTexts::tr("unknown option %1; did you mean %2?")
                            .arg(segment.text.trimmed(), meant));
    return fail(CoreTexts::tr(
                        "unknown option %1; allowed are %2 and the options of QMYSQL (CLIENT_..., "
                        "MYSQL_..., SSL_..., UNIX_SOCKET)")
                        .arg(segment.name, optionNames()));
}

// Warns once per process, since every open() parses the options.
void Parser::warnOfReconnect(const Segment &segment) const
{
    static std::atomic<bool> isSaid{false};
    if (isSaid.exchange(true))
        return;
    qCWarning(lcConfig).noquote()
            << m_source + ": "_L1 + segment.text.trimmed()
            << "has no effect: QPROXYSQL replaces lost sessions itself, with their settings, and "
               "reports what cannot be restored; the client library would reconnect silently and "
               "lose it. Leave the option out";
}

Unexpected<QString> Parser::fail(const QString &reason) const
{
    return Unexpected(CoreTexts::tr("%1: %2").arg(m_source, reason));
}

} // namespace

Expected<ConnectOptions> ConnectOptions::parse(const QString &text, const QString &source)
{
    return Parser(text, source).parse(&Parser::take);
}

Expected<ConnectOptions> ConnectOptions::parseAsQmysql(const QString &text, const QString &source)
{
    return Parser(text, source).parse(&Parser::takeAsQmysql);
}

Expected<ConnectOptions> ConnectOptions::parseInner(const QString &text, const QString &source)
{
    return Parser(text, source).parse(&Parser::takeForInner);
}

const GivenValue *ConnectOptions::given(Option option) const
{
    const auto it = own.find(option);
    return it == own.end() ? nullptr : &it->second;
}

void ConnectOptions::addMissing(const ConnectOptions &lower)
{
    own.insert(lower.own.begin(), lower.own.end());
    const QList<InnerOption> present = inner;
    std::ranges::copy_if(lower.inner, std::back_inserter(inner), [&](const InnerOption &option) {
        return std::ranges::find(present, option.name, &InnerOption::name) == present.end();
    });
}

QString ConnectOptions::innerText() const
{
    QStringList texts;
    for (const InnerOption &option : inner)
        texts.append(option.text);
    return texts.join(u';');
}

const InnerOption *ConnectOptions::socket() const
{
    // QMYSQL uses the last of several and accepts these names in upper case only.
    const auto last = [this](QLatin1String name) {
        const auto found = std::find_if(inner.crbegin(), inner.crend(),
                                        [&](const InnerOption &one) { return one.name == name; });
        return found == inner.crend() ? nullptr : &*found;
    };
    const InnerOption *protocol = last(ProtocolOfQmysql);
    const InnerOption *socket = last(SocketOfQmysql);
    const bool isByTcp = protocol && protocol->value().compare("TCP"_L1, Qt::CaseInsensitive) == 0;
    return isByTcp || !socket || socket->value().isEmpty() ? nullptr : socket;
}

bool InnerOption::isSocket() const
{
    return name == SocketOfQmysql;
}

bool InnerOption::isProtocol() const
{
    return name == ProtocolOfQmysql;
}

QString InnerOption::value() const
{
    return text.section(u'=', 1).trimmed();
}

} // namespace qproxysql
