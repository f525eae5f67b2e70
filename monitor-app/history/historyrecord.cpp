// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "history/historyrecord.h"

#include <QtCore/QtEndian>

#include <algorithm>
#include <bit>
#include <cmath>

namespace qproxysql {

namespace {

constexpr qsizetype CheckedBytes = HistoryRecord::Bytes - qsizetype(sizeof(quint16));
constexpr quint32 MostTime = 0xffff; ///< a step of a file has 60,000 ms at most
constexpr quint8 NotReached = 1;
constexpr quint8 MovesKnown = 2;

/// Adds \a value, which was valid for \a time, to a mean over \a past.
void addToMean(float *mean, quint32 *past, double value, quint32 time)
{
    if (time == 0)
        return;
    *mean = float((double(*mean) * *past + value * time) / (double(*past) + time));
    *past += time;
}

template<typename Number>
void put(char **to, Number number)
{
    qToLittleEndian(number, *to);
    *to += sizeof(number);
}

template<typename Number>
void take(const char **from, Number *number)
{
    *number = qFromLittleEndian<Number>(*from);
    *from += sizeof(Number);
}

void takeFloat(const char **from, float *number)
{
    quint32 bits = 0;
    take(from, &bits);
    *number = std::bit_cast<float>(bits);
}

} // namespace

std::optional<double> HistoryRecord::sessions() const
{
    return sessionsFor ? std::optional<double>(sessionsMean) : std::nullopt;
}

std::optional<double> HistoryRecord::statements() const
{
    return statementsFor ? std::optional<double>(statementsMean) : std::nullopt;
}

std::optional<double> HistoryRecord::connectMs() const
{
    return longestConnectMs >= 0 ? std::optional<double>(longestConnectMs) : std::nullopt;
}

void HistoryRecord::addState(const HistorySample &sample, Milliseconds time)
{
    if (sample.sessions)
        addToMean(&sessionsMean, &sessionsFor, *sample.sessions, quint32(time.count()));
    if (sample.statements)
        addToMean(&statementsMean, &statementsFor, *sample.statements, quint32(time.count()));
    if (sample.connectMs)
        longestConnectMs = std::max(longestConnectMs, float(*sample.connectMs));
    isNotReached = isNotReached || sample.isNotReached;
}

void HistoryRecord::addEvents(const HistorySample &sample)
{
    errors += quint32(sample.errors);
    moves += quint32(sample.moves.value_or(0));
    areMovesKnown = areMovesKnown || sample.moves;
}

void HistoryRecord::add(const HistoryRecord &other)
{
    step = std::max(step, other.step);
    errors += other.errors;
    moves += other.moves;
    addToMean(&sessionsMean, &sessionsFor, other.sessionsMean, other.sessionsFor);
    addToMean(&statementsMean, &statementsFor, other.statementsMean, other.statementsFor);
    longestConnectMs = std::max(longestConnectMs, other.longestConnectMs);
    isNotReached = isNotReached || other.isNotReached;
    areMovesKnown = areMovesKnown || other.areMovesKnown;
}

void HistoryRecord::write(char *to) const
{
    char *at = to;
    for (const quint32 number :
         {step, errors, moves, std::bit_cast<quint32>(sessionsMean),
          std::bit_cast<quint32>(statementsMean), std::bit_cast<quint32>(longestConnectMs)})
        put(&at, number);
    for (const quint32 time : {sessionsFor, statementsFor})
        put(&at, quint16(std::min(time, MostTime)));
    put(&at, quint8((isNotReached ? NotReached : 0) | (areMovesKnown ? MovesKnown : 0)));
    put(&at, quint8(0));
    put(&at, qChecksum(QByteArrayView(to, CheckedBytes)));
}

std::optional<HistoryRecord> HistoryRecord::read(QByteArrayView from)
{
    if (from.size() != Bytes)
        return {};
    HistoryRecord record;
    const char *at = from.data();
    for (quint32 *number : {&record.step, &record.errors, &record.moves})
        take(&at, number);
    for (float *number : {&record.sessionsMean, &record.statementsMean, &record.longestConnectMs})
        takeFloat(&at, number);
    for (quint32 *time : {&record.sessionsFor, &record.statementsFor}) {
        quint16 known = 0;
        take(&at, &known);
        *time = known;
    }
    quint8 flags = 0;
    take(&at, &flags);
    record.isNotReached = flags & NotReached;
    record.areMovesKnown = flags & MovesKnown;
    const bool isWhole = qFromLittleEndian<quint16>(from.data() + CheckedBytes)
                         == qChecksum(from.first(CheckedBytes));
    const bool isNumber = std::isfinite(record.sessionsMean) && std::isfinite(record.statementsMean)
                          && std::isfinite(record.longestConnectMs);
    return isWhole && isNumber && !record.isEmpty() ? std::optional(record) : std::nullopt;
}

} // namespace qproxysql
