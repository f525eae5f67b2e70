// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/ctltexts.h"
#include "config/peeraddress.h"
#include "ctl/session.h"
#include "ctl/terminal.h"
#include "history/historyfolder.h"
#include "history/historyvalue.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int Width = 60; ///< characters of a line
constexpr QChar Gap = u' ';
constexpr char16_t LowestBlock = 0x2581;
constexpr int Blocks = 8;

QString nameOf(HistoryValue value)
{
    const QString names[] = {CtlTexts::tr("sessions"), CtlTexts::tr("statements/s"),
                             CtlTexts::tr("connect ms"), CtlTexts::tr("errors"),
                             CtlTexts::tr("moves")};
    return names[int(value)];
}

QString numberText(std::optional<double> value)
{
    return value ? QString::number(*value, 'f', std::round(*value) == *value ? 0 : 1) : u"-"_s;
}

/// What is known of a value over a span.
struct Range
{
    std::optional<double> last, mean, most;
    double sum = 0;

    Range(const QList<HistoryRecord> &records, HistoryValue value)
    {
        int known = 0;
        for (const HistoryRecord &record : records) {
            const std::optional<double> one = valueOf(record, value);
            if (!one)
                continue;
            sum += *one;
            mean = sum / ++known;
            last = one;
            most = std::max(most.value_or(*one), *one);
        }
    }
};

/// "▂▂▃ ▅█": one character a step, a space where nothing is known.
QString sparkline(const QList<HistoryRecord> &records, HistoryValue value, double most)
{
    QString line;
    for (const HistoryRecord &record : records) {
        const std::optional<double> one = valueOf(record, value);
        const int block = one && most > 0 ? int(*one / most * (Blocks - 1) + 0.5) : 0;
        line += one ? QChar(char16_t(LowestBlock + block)) : Gap;
    }
    return line;
}

/// A mean of longest times would say nothing.
QString numbersOf(const Range &range, HistoryValue value)
{
    if (isCount(value))
        return CtlTexts::tr("in all %1")
                .arg(numberText(range.most ? std::optional(range.sum) : std::nullopt));
    if (value == HistoryValue::ConnectMs)
        return CtlTexts::tr("last %1, most %2").arg(numberText(range.last), numberText(range.most));
    return CtlTexts::tr("last %1, mean %2, most %3")
            .arg(numberText(range.last), numberText(range.mean), numberText(range.most));
}

QString lineOf(const QList<HistoryRecord> &records, HistoryValue value)
{
    const Range range(records, value);
    return u"  %1  |%2|  %3"_s.arg(nameOf(value), -12)
            .arg(sparkline(records, value, range.most.value_or(0)), numbersOf(range, value));
}

void print(const HistoryFile::Content &content, HistorySpan::Kind span, qint64 now)
{
    const HistorySpan &kept = HistorySpans[span];
    // Whole columns only: the first one would be a part.
    const int factor = kept.steps / Width;
    QList<HistoryRecord> records = summaryOf(content.ring.records(span, now), factor);
    records = records.mid(std::max<qsizetype>(0, records.size() - Width));
    const QString ended = QDateTime::fromMSecsSinceEpoch(now).toString(u"yyyy-MM-dd HH:mm:ss"_s);
    Terminal::print(
            CtlTexts::tr("%1, pool %2: the last %3 until %4, %5 s a column")
                    .arg(content.peer.name, content.peer.pool, QLatin1StringView(kept.name), ended)
                    .arg(kept.step * factor));
    for (const HistoryValue value : HistoryValues)
        Terminal::print(lineOf(records, value));
}

QJsonObject jsonOf(const HistoryFile::Content &content, HistorySpan::Kind span, qint64 now)
{
    constexpr QLatin1StringView Keys[] = {"sessions"_L1, "statementsPerSecond"_L1, "connectMs"_L1,
                                          "errors"_L1, "moves"_L1};
    QJsonArray steps;
    for (const HistoryRecord &record : content.ring.records(span, now)) {
        if (!record.isObserved())
            continue;
        const qint64 from = record.step * HistorySpans[span].stepMs();
        QJsonObject step{{u"at"_s,
                          QDateTime::fromMSecsSinceEpoch(from, Qt::UTC).toString(Qt::ISODate)},
                         {u"isNotReached"_s, record.isNotReached}};
        for (const HistoryValue value : HistoryValues) {
            if (const std::optional<double> one = valueOf(record, value))
                step.insert(Keys[int(value)], *one);
        }
        steps.append(step);
    }
    return {{u"pool"_s, content.peer.pool},
            {u"peer"_s, content.peer.name},
            {u"stepSeconds"_s, HistorySpans[span].step},
            {u"steps"_s, steps}};
}

/// The name as addresses write it: "db1" is "db1:3306".
bool isMeant(const HistoryFile::Peer &peer, const CommandLine &line)
{
    const auto address = PeerAddress::parse(line.peer());
    const QString name = address ? address->name() : line.peer();
    const QString pool = line.value(u"pool"_s);
    return foldedPeerName(peer.name) == foldedPeerName(name)
           && (pool.isEmpty() || pool == peer.pool);
}

int failWithUnknown(const CommandLine &line, const QList<HistoryFile::Content> &all,
                    const QString &folder)
{
    QStringList known;
    for (const HistoryFile::Content &content : all)
        known.append(content.peer.name);
    known.removeDuplicates();
    Terminal::error(CtlTexts::tr("no history of %1 is in %2; %3")
                            .arg(line.peer(), folder,
                                 known.isEmpty()
                                         ? CtlTexts::tr("it is recorded while qproxysql-monitor "
                                                        "is open")
                                         : CtlTexts::tr("known are %1").arg(known.join(", "_L1))));
    return Unknown;
}

} // namespace

// Reads what the window of this user has recorded. No server and no application is asked.
int runHistory(Session &session)
{
    const CommandLine &line = session.line();
    const auto span = std::ranges::find(HistorySpans, line.value(u"span"_s), [](const auto &one) {
        return QString::fromLatin1(one.name);
    });
    const auto kind = line.has(u"span"_s) ? HistorySpan::Kind(span - HistorySpans.begin())
                                          : HistorySpan::Hour;
    const HistoryFolder folder(HistoryFolder::defaultPath());
    QStringList problems;
    const QList<HistoryFile::Content> all = folder.readAll(&problems);
    for (const QString &problem : problems)
        Terminal::error(problem);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QJsonArray json;
    bool isAny = false;
    for (const HistoryFile::Content &content : all) {
        if (!isMeant(content.peer, line))
            continue;
        isAny = true;
        if (line.has(u"json"_s))
            json.append(jsonOf(content, kind, now));
        else
            print(content, kind, now);
    }
    if (!isAny)
        return failWithUnknown(line, all, folder.path());
    if (line.has(u"json"_s))
        Terminal::print(QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
    return Ok;
}

} // namespace qproxysql
