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
        const QStringList names{u"user_variables"_s};
        for (int i = 0; i < 20; ++i)
            QCOMPARE(pins.note(names, 1, m_start), QStringList());
        QCOMPARE(pins.note(names, 1, m_start + 29s), QStringList());
        QCOMPARE(pins.note(names, 1, m_start + 30s), names);
        QVERIFY2(pins.note(names, 1, m_start + 60s).isEmpty(), "once");
    }

    void timeAloneIsNotEnough()
    {
        LastingPins pins;
        const QStringList names{u"named_locks"_s};
        QCOMPARE(pins.note(names, 1, m_start), QStringList());
        for (int i = 1; i < 10; ++i)
            QCOMPARE(pins.note(names, 1, m_start + 1h), QStringList());
        QCOMPARE(pins.note(names, 1, m_start + 1h), names);
    }

    void eachPinCountsByItself()
    {
        LastingPins pins;
        const QString first = u"user_variables"_s;
        const QString second = u"handlers"_s;
        lastFor(&pins, {first}, 1, m_start);
        QCOMPARE(pins.note({first, second}, 2, m_start + 30s), QStringList{first});
        lastFor(&pins, {first, second}, 2, m_start + 30s);
        QCOMPARE(pins.note({first, second}, 2, m_start + 60s), QStringList{second});
    }

    void pinThatEndsStartsAnew()
    {
        LastingPins pins;
        const QStringList names{u"table_locks"_s};
        lastFor(&pins, names, 1, m_start);
        QCOMPARE(pins.note({}, 2, m_start + 20s), QStringList());
        lastFor(&pins, names, 3, m_start + 21s);
        QCOMPARE(pins.note(names, 3, m_start + 40s), QStringList());
        QCOMPARE(pins.note(names, 3, m_start + 51s), names);
    }

private:
    static void lastFor(LastingPins *pins, const QStringList &names, quint64 revision,
                        LastingPins::TimePoint now)
    {
        for (int i = 0; i < 10; ++i)
            pins->note(names, revision, now);
    }

    const LastingPins::TimePoint m_start = LastingPins::TimePoint() + 1h;
};

QTEST_APPLESS_MAIN(tst_LastingPins)
#include "tst_lastingpins.moc"
