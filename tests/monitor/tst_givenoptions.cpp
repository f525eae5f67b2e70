// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/commonoptions.h"

#include <QtCore/QFile>
#include <QtCore/QStringList>
#include <QtTest/QtTest>

using namespace qproxysql;
using namespace Qt::StringLiterals;

namespace {

/// A parser where all options are given. Records the options that were queried.
struct AskedParser
{
    bool isSet(const QString &name) const { return !name.startsWith("un"_L1); }
    QString value(const QString &name) const
    {
        asked.append(name);
        return name + u"'s"_s;
    }
    mutable QStringList asked;
};

} // namespace

/// Reading the values of a command line.
class tst_GivenOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Qt 6.8 and later would write to standard error and mix with the JSON output.
    void switchesAreNeverAskedForAValue()
    {
        constexpr CommandOption Rows[] = {{"json", nullptr, nullptr, ""},
                                          {"user", "NAME", nullptr, ""},
                                          {"ungiven", "NAME", nullptr, ""},
                                          {"unset", nullptr, nullptr, ""}};
        const AskedParser parser;
        const QHash<QString, QString> given = givenOptions(parser, Rows);
        QCOMPARE(parser.asked, QStringList{u"user"_s});
        QCOMPARE(given.size(), 2);
        QVERIFY(given.contains(u"json"_s));
        QCOMPARE(given.value(u"user"_s), u"user's"_s);
    }

    void nobodyElseReadsValues_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("ctl") << u"ctl/commandline.cpp"_s;
        QTest::newRow("monitor") << u"window/monitorcommandline.cpp"_s;
    }

    void nobodyElseReadsValues()
    {
        QFETCH(QString, file);
        QFile source(QStringLiteral(MONITOR_SOURCES "/") + file);
        QVERIFY(source.open(QIODevice::ReadOnly));
        const QByteArray text = source.readAll();
        QVERIFY(text.contains("givenOptions("));
        QVERIFY2(!text.contains("parser.value("), "see givenOptions()");
    }
};

QTEST_APPLESS_MAIN(tst_GivenOptions)
#include "tst_givenoptions.moc"
