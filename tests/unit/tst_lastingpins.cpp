// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/lastingpins.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class tst_LastingPins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lastsAfterTimeAndStatements()
    {
        LastingPins pins;
        const SessionPins names = SessionPin::UserVariables;
        for (int i = 0; i < 20; ++i)
            QCOMPARE(pins.note(names, 1, m_start), SessionPins());
        QCOMPARE(pins.note(names, 1, m_start + 29s), SessionPins());
        QCOMPARE(pins.note(names, 1, m_start + 30s), names);
        QVERIFY2(!pins.note(names, 1, m_start + 60s), "once");
    }

    void timeAloneIsNotEnough()
    {
        LastingPins pins;
        const SessionPins names = SessionPin::NamedLocks;
        QCOMPARE(pins.note(names, 1, m_start), SessionPins());
        for (int i = 1; i < 10; ++i)
            QCOMPARE(pins.note(names, 1, m_start + 1h), SessionPins());
        QCOMPARE(pins.note(names, 1, m_start + 1h), names);
    }

    void eachPinCountsByItself()
    {
        LastingPins pins;
        const SessionPins first = SessionPin::UserVariables;
        const SessionPins second = SessionPin::Handlers;
        lastFor(&pins, first, 1, m_start);
        QCOMPARE(pins.note(first | second, 2, m_start + 30s), first);
        lastFor(&pins, first | second, 2, m_start + 30s);
        QCOMPARE(pins.note(first | second, 2, m_start + 60s), second);
    }

    void pinThatEndsStartsAnew()
    {
        LastingPins pins;
        const SessionPins names = SessionPin::TableLocks;
        lastFor(&pins, names, 1, m_start);
        QCOMPARE(pins.note({}, 2, m_start + 20s), SessionPins());
        lastFor(&pins, names, 3, m_start + 21s);
        QCOMPARE(pins.note(names, 3, m_start + 40s), SessionPins());
        QCOMPARE(pins.note(names, 3, m_start + 51s), names);
    }

private:
    static void lastFor(LastingPins *pins, SessionPins names, quint64 revision,
                        LastingPins::TimePoint now)
    {
        for (int i = 0; i < 10; ++i)
            pins->note(names, revision, now);
    }

    const LastingPins::TimePoint m_start = LastingPins::TimePoint() + 1h;
};

QTEST_APPLESS_MAIN(tst_LastingPins)
#include "tst_lastingpins.moc"
