// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "history/historyring.h"
#include "history/historyvalue.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace std::chrono_literals;

namespace {

constexpr qint64 Begin = 1'800'000'000'000; ///< a whole minute
constexpr qint64 Hour = 3'600'000;

HistorySample sample(double sessions, double statements = 0, double connectMs = 1)
{
    return {sessions, statements, connectMs, 0, 0, false};
}

HistoryRecord newest(const HistoryRing &ring, HistorySpan::Kind span, qint64 now)
{
    return ring.records(span, now).constLast();
}

int observed(const HistoryRing &ring, HistorySpan::Kind span, qint64 now)
{
    return int(std::ranges::count_if(ring.records(span, now), &HistoryRecord::isObserved));
}

/// Once a second from \a from on, with the number of the second as sessions.
void fill(HistoryRing *ring, qint64 from, int seconds)
{
    for (int i = 0; i < seconds; ++i)
        ring->note(sample(i), from + i * 1000, i == 0 ? 0ms : 1000ms);
}

} // namespace

/// The last 24 hours of one peer in memory.
class tst_HistoryRing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void meansLongestAndSums();
    void spansHaveTheirSteps();
    void pauseIsAGap();
    void slowPollsMakeNoGaps();
    void clockSetBack();
    void clockSetBackABit();
    void clockSetForwardAndBack();
    void goesOnAfterARestart();
    void summaries();
    void tornRecords();
};

void tst_HistoryRing::meansLongestAndSums()
{
    HistoryRing ring;
    ring.note(sample(10, 100, 3), Begin, 0ms);
    for (int i = 1; i <= 10; ++i) {
        HistorySample at = sample(i <= 5 ? 10 : 20, i <= 5 ? 100 : 300, i == 4 ? 70 : 2);
        at.errors = i == 3 ? 2 : 0;
        at.moves = i == 7 ? 5 : 0;
        ring.note(at, Begin + i * 100 - 1, 100ms);
    }
    const HistoryRecord second = newest(ring, HistorySpan::FiveMinutes, Begin + 999);
    QVERIFY(std::abs(*second.sessions() - 15) < 0.1);
    QVERIFY(std::abs(*second.statements() - 200) < 1);
    QCOMPARE(second.connectMs(), std::optional(70.0));
    QCOMPARE(second.errors, 2U);
    QCOMPARE(second.moves, 5U);
    QVERIFY(std::abs(int(second.sessionsFor) - 1000) <= 1);
    QCOMPARE(newest(ring, HistorySpan::Day, Begin + 999).errors, 2U);
}

void tst_HistoryRing::spansHaveTheirSteps()
{
    HistoryRing ring;
    fill(&ring, Begin, 25 * 3600);
    const qint64 now = Begin + (25 * 3600 - 1) * 1000;
    for (const auto span : {HistorySpan::FiveMinutes, HistorySpan::Hour, HistorySpan::Day}) {
        const QList<HistoryRecord> records = ring.records(span, now);
        QCOMPARE(records.size(), HistorySpans[span].steps);
        QCOMPARE(observed(ring, span, now), HistorySpans[span].steps);
        for (qsizetype i = 1; i < records.size(); ++i)
            QCOMPARE(records.at(i).step, records.at(i - 1).step + 1);
    }
    // A sample is valid since the one before.
    const HistoryRecord minute = ring.records(HistorySpan::Day, now).at(1438);
    QVERIFY(std::abs(*minute.sessions() - (25 * 3600 - 90)) < 1);
}

void tst_HistoryRing::pauseIsAGap()
{
    HistoryRing ring;
    fill(&ring, Begin, 60);
    const qint64 later = Begin + 60'000 + 100'000;
    ring.note(sample(1, 1e6), later, 101s);
    QCOMPARE(observed(ring, HistorySpan::FiveMinutes, later), 61);
    QVERIFY(!ring.records(HistorySpan::FiveMinutes, later).at(298).isObserved());
    QCOMPARE(observed(ring, HistorySpan::Hour, later), 7);
    QCOMPARE(observed(ring, HistorySpan::Hour, later + Hour), 0);
}

// The window may poll every ten seconds.
void tst_HistoryRing::slowPollsMakeNoGaps()
{
    HistoryRing ring;
    for (int i = 0; i <= 20; ++i) {
        HistorySample at = sample(i, 50);
        at.errors = 1;
        ring.note(at, Begin + i * 10'000, i == 0 ? 0ms : 10'000ms);
    }
    const qint64 now = Begin + 200'000;
    QCOMPARE(observed(ring, HistorySpan::FiveMinutes, now), 201);
    double errors = 0;
    for (const HistoryRecord &record : ring.records(HistorySpan::FiveMinutes, now))
        errors += record.errors;
    QCOMPARE(errors, 21.0);
}

void tst_HistoryRing::clockSetBack()
{
    HistoryRing ring;
    fill(&ring, Begin, 7200);
    // To where it was an hour ago: what was there is replaced, not added to.
    const qint64 back = Begin + Hour;
    for (int i = 0; i < 120; ++i)
        ring.note(sample(5), back + i * 1000, 1000ms);
    const qint64 now = back + 119'000;
    QCOMPARE(newest(ring, HistorySpan::FiveMinutes, now).sessions(), std::optional(5.0));
    const HistoryRecord minute = newest(ring, HistorySpan::Day, now);
    QCOMPARE(minute.sessions(), std::optional(5.0));
    QVERIFY(minute.sessionsFor <= 60'000);
    // What is older stays.
    QCOMPARE(observed(ring, HistorySpan::Day, now), 62);
}

// By less than a step, as time servers do it: the minute that goes on is not begun anew.
void tst_HistoryRing::clockSetBackABit()
{
    HistoryRing ring;
    fill(&ring, Begin, 30);
    HistorySample at = sample(7);
    at.errors = 3;
    ring.note(at, Begin + 29'500, 500ms);
    ring.note(sample(7), Begin + 29'400, 500ms);
    const HistoryRecord minute = newest(ring, HistorySpan::Day, Begin + 29'400);
    QCOMPARE(minute.errors, 3U);
    QVERIFY(minute.sessionsFor > 29'000);
}

void tst_HistoryRing::clockSetForwardAndBack()
{
    HistoryRing ring;
    fill(&ring, Begin, 3600);
    const qint64 wrong = Begin + 365 * 24 * Hour;
    QCOMPARE(observed(ring, HistorySpan::Day, wrong), 0);
    for (int i = 0; i < 5; ++i)
        ring.note(sample(9), wrong + i * 1000, 1000ms);
    const qint64 now = Begin + 3'605'000;
    ring.note(sample(9), now, 1000ms);
    QVERIFY(observed(ring, HistorySpan::Day, now) >= 60);
    QVERIFY(observed(ring, HistorySpan::Hour, now) >= 359);
}

void tst_HistoryRing::goesOnAfterARestart()
{
    HistoryRing before;
    fill(&before, Begin, 30);
    HistorySample last = sample(29);
    last.errors = 4;
    before.note(last, Begin + 30'000, 1000ms);
    HistoryRing ring;
    ring.note(sample(50), Begin + 35'000, 0ms);
    ring.merge(before, Begin + 35'000);
    ring.note(sample(50), Begin + 36'000, 1000ms);
    const HistoryRecord minute = newest(ring, HistorySpan::Day, Begin + 36'000);
    QCOMPARE(minute.errors, 4U);
    QVERIFY(minute.sessionsFor > 30'000 && minute.sessionsFor < 33'000);
    QCOMPARE(observed(ring, HistorySpan::FiveMinutes, Begin + 36'000), 33);
    QVERIFY(!ring.records(HistorySpan::FiveMinutes, Begin + 36'000).at(299 - 3).isObserved());
}

void tst_HistoryRing::summaries()
{
    QList<HistoryRecord> records;
    for (quint32 step = 1003; step < 1063; ++step)
        records.append(HistoryRecord{step, 1, 2, float(step), 10, step == 1015 ? 9.0F : 1.0F, 1000,
                                     1000, step == 1041, true});
    const QList<HistoryRecord> tens = summaryOf(records, 10);
    QCOMPARE(tens.size(), 7); // the borders are whole tens
    QCOMPARE(tens.at(1).step, 101U);
    QCOMPARE(tens.at(1).errors, 10U);
    QCOMPARE(tens.at(1).moves, 20U);
    QCOMPARE(tens.at(1).sessions(), std::optional(1014.5));
    QCOMPARE(tens.at(1).connectMs(), std::optional(9.0));
    QVERIFY(tens.at(4).isNotReached && !tens.at(5).isNotReached);
    QCOMPARE(valueOf(HistoryRecord(), HistoryValue::Errors), std::nullopt);
    QCOMPARE(valueOf(tens.at(1), HistoryValue::Moves), std::optional(20.0));
}

void tst_HistoryRing::tornRecords()
{
    const HistoryRecord record{70'000, 3, 4, 5.5F, 6.5F, 7.5F, 1000, 900, true, true};
    QByteArray bytes(HistoryRecord::Bytes, '\0');
    QVERIFY(!HistoryRecord::read(bytes)); // never written
    record.write(bytes.data());
    QCOMPARE(HistoryRecord::read(bytes), std::optional(record));
    HistoryRecord later = record;
    later.step += 300;
    later.sessionsMean = 17;
    QByteArray next(HistoryRecord::Bytes, '\0');
    later.write(next.data());
    for (qsizetype i = 4; i < HistoryRecord::Bytes - 2; ++i) // half of one, half of the other
        QVERIFY(!HistoryRecord::read(next.first(i) + bytes.sliced(i))
                || next.first(i) + bytes.sliced(i) == next);
}

QTEST_APPLESS_MAIN(tst_HistoryRing)
#include "tst_historyring.moc"
