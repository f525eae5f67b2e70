// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "results/answerdigest.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace Qt::StringLiterals;

/// Two answers have one checksum only if they are the same.
class tst_AnswerDigest : public QObject
{
    Q_OBJECT

    static AnswerDigest::Value of(const QList<QByteArray> &values)
    {
        AnswerDigest digest;
        for (const QByteArray &value : values) {
            if (value.isNull())
                digest.addNull();
            else
                digest.addBytes(value.constData(), size_t(value.size()));
        }
        return digest.value();
    }

private Q_SLOTS:
    void differences_data()
    {
        QTest::addColumn<QList<QByteArray>>("one");
        QTest::addColumn<QList<QByteArray>>("other");
        const auto row = [](const char *name, const QList<QByteArray> &one,
                            const QList<QByteArray> &other) { QTest::newRow(name) << one << other; };
        row("where a value ends", {"ab", "c"}, {"a", "bc"});
        row("NULL and empty", {QByteArray()}, {""});
        row("order", {"1", "2"}, {"2", "1"});
        row("one value more", {"1"}, {"1", ""});
        for (const int size : {100, 1007, 1008, 1009, 1015, 1016, 1024, 5000}) {
            const QByteArray text(size, 'x');
            QByteArray changed = text;
            changed[size - 1] = 'y';
            row(qPrintable(u"the last of %1 bytes"_s.arg(size)), {"1", text}, {"1", changed});
            changed = text;
            changed[0] = 'y';
            row(qPrintable(u"the first of %1 bytes"_s.arg(size)), {"1", text}, {"1", changed});
            row(qPrintable(u"behind %1 bytes"_s.arg(size)), {text, "1"}, {text, "2"});
        }
    }

    void differences()
    {
        QFETCH(QList<QByteArray>, one);
        QFETCH(QList<QByteArray>, other);
        QVERIFY(of(one) == of(one));
        QVERIFY(of(one) != of(other));
        QVERIFY2(of(one).first != of(other).first && of(one).second != of(other).second,
                 "each half notices it");
    }

    void startsAnew()
    {
        AnswerDigest digest;
        digest.addNumber(1);
        digest.value();
        digest.clear();
        digest.addNumber(2);
        AnswerDigest fresh;
        fresh.addNumber(2);
        QVERIFY(digest.value() == fresh.value());
    }
};

QTEST_APPLESS_MAIN(tst_AnswerDigest)
#include "tst_answerdigest.moc"
