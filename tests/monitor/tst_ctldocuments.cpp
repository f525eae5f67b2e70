// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"

#include <QtCore/QFile>
#include <QtCore/QHash>
#include <QtCore/QRegularExpression>
#include <QtCore/QStandardPaths>
#include <QtTest/QtTest>

using namespace Qt::StringLiterals;

/// The man page and the completion must name every option of --help, which is made from the table
/// of options.
class tst_CtlDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        CtlRun run({u"--help"_s});
        COMPARE_EXIT(run, 0);
        const QString help = run.out();
        static const QRegularExpression verb(u"^  ([a-z]+)(?: PEER(?:\\.\\.\\.)?)? +[A-Z]"_s,
                                             QRegularExpression::MultilineOption);
        for (auto it = verb.globalMatch(help); it.hasNext();)
            m_verbs.append(it.next().captured(1));
        static const QRegularExpression
                option(u"^  (?:-[a-z], )?(--[a-z-]+)( <[A-Z]+>)? +(?:([a-z, ]+): )?"_s,
                       QRegularExpression::MultilineOption);
        for (auto it = option.globalMatch(help); it.hasNext();) {
            const auto found = it.next();
            const QString name = found.captured(1);
            const QStringList verbs = found.captured(3).split(u", "_s, Qt::SkipEmptyParts);
            for (const QString &one : verbs.isEmpty() ? m_verbs : verbs)
                m_options[one].append(name);
            if (!found.captured(2).isEmpty())
                m_withValue.append(name);
            m_names.append(name);
        }
        m_names.removeAll(u"--help-all"_s);
        for (QStringList &options : m_options)
            options.removeAll(u"--help-all"_s);
        QVERIFY2(m_verbs.size() >= 10, qPrintable(m_verbs.join(u' ')));
        QVERIFY2(m_names.size() >= 20, qPrintable(m_names.join(u' ')));
        QVERIFY2(m_withValue.size() >= 10, qPrintable(m_withValue.join(u' ')));
    }

    void manPageNamesAll()
    {
        QFile document(QStringLiteral(MONITOR_SOURCES "/qproxysql-ctl.1"));
        QVERIFY(document.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(document.readAll()).replace(u"\\-"_s, u"-"_s);
        for (const QString &name : m_names + m_verbs) {
            const QRegularExpression whole(u"(?<![a-z-])%1(?![a-z-])"_s.arg(name));
            QVERIFY2(text.contains(whole), qPrintable(name));
        }
    }

    void completionOffersTheOptionsOfAVerb()
    {
        for (const QString &verb : std::as_const(m_verbs)) {
            QStringList expected = m_options.value(verb);
            QStringList offered = completed({verb, u"--"_s});
            expected.sort();
            offered.sort();
            QCOMPARE(offered, expected);
        }
        QCOMPARE(completed({QString()}), m_verbs);
    }

    // Otherwise its value would count as the verb.
    void completionPassesOverValues()
    {
        for (const QString &name : std::as_const(m_withValue)) {
            const QString verb = u"list"_s;
            const QStringList offered = completed({name, u"value"_s, verb, u"--js"_s});
            QVERIFY2(offered == QStringList{u"--json"_s}, qPrintable(name));
        }
    }

    void completionKnowsConnectOptions()
    {
        QCOMPARE(completed({u"check"_s, u"--options"_s, u"RETRY_R"_s}),
                 QStringList{u"RETRY_READS="_s});
        QCOMPARE(completed({u"check"_s, u"--options"_s, u"POOL=a;MAX_I"_s}),
                 QStringList{u"POOL=a;MAX_IDLE="_s});
    }

private:
    /// The completions that bash offers after these words, the last of which is incomplete.
    static QStringList completed(const QStringList &words)
    {
        QProcess bash;
        bash.start(u"bash"_s,
                   QStringList{u"-c"_s,
                               uR"(. "$1"; shift; COMP_WORDS=(qproxysql-ctl "$@"); COMP_CWORD=$#
                                   _qproxysql_ctl; printf '%s\n' "${COMPREPLY[@]}")"_s,
                               u"bash"_s, QStringLiteral(MONITOR_SOURCES "/qproxysql-ctl.bash")}
                           + words);
        bash.waitForFinished();
        return QString::fromUtf8(bash.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    }

    QStringList m_verbs;
    QStringList m_names;
    QStringList m_withValue;
    QHash<QString, QStringList> m_options; ///< by verb
};

QTEST_GUILESS_MAIN(tst_CtlDocuments)
#include "tst_ctldocuments.moc"
