// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "docs/links.h"
#include "docs/projecttree.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace qproxysql::docs;

/// Links, anchors and sections of the documents, and the pages that sources and messages name.
class tst_DocsLinks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plantedFaultsAreFound_data();
    void plantedFaultsAreFound();
    void linksLeadSomewhere_data();
    void linksLeadSomewhere();
    void everyPageIsReached();
    void sourcesNamePagesThatExist();
    void readmeIsShort();
};

void tst_DocsLinks::plantedFaultsAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("fault");
    QTest::newRow("page") << u"[x](option.md)"_s << u"there is no docs/option.md"_s;
    QTest::newRow("picture") << u"![x](pictures/none.png)"_s
                             << u"there is no docs/pictures/none.png"_s;
    QTest::newRow("anchor") << u"[x](options.md#kept-results)"_s
                            << u"docs/options.md has no anchor kept-results"_s;
    QTest::newRow("own anchor") << u"# A\n[x](#b)"_s << u"docs/planted.md has no anchor b"_s;
    QTest::newRow("section") << u"[x](errors.md), \"No such title\""_s
                             << u"docs/errors.md has no section \"No such title\""_s;
    QTest::newRow("right")
            << u"# A `b` (c)\n[x](#a-b-c), [y](../README.md), [z](errors.md), \"At connect\""_s
            << QString();
    QTest::newRow("in code") << u"`[x](none.md)`\n```\n[x](none.md)\n```"_s << QString();
}

void tst_DocsLinks::plantedFaultsAreFound()
{
    QFETCH(const QString, text);
    QFETCH(const QString, fault);
    const Document document(u"docs/planted.md"_s, text);
    QStringList faults;
    for (const Document::Link &link : document.links())
        faults.append(faultOfLink(document, link));
    faults.removeAll(QString());
    QCOMPARE(faults.join(u'\n'), fault);
}

void tst_DocsLinks::linksLeadSomewhere_data()
{
    QTest::addColumn<QString>("path");
    for (const QString &path : ProjectTree::instance().documents())
        QTest::newRow(qPrintable(path)) << path;
}

void tst_DocsLinks::linksLeadSomewhere()
{
    QFETCH(const QString, path);
    const Document document = Document::read(path);
    QStringList faults;
    for (const Document::Link &link : document.links()) {
        if (const QString fault = faultOfLink(document, link); !fault.isEmpty())
            faults.append(document.place(link.line) + ": "_L1 + fault);
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

void tst_DocsLinks::everyPageIsReached()
{
    QSet<QString> reached;
    QStringList next{u"README.md"_s};
    while (!next.isEmpty()) {
        const QString path = next.takeFirst();
        if (reached.contains(path) || !path.endsWith(".md"_L1))
            continue;
        reached.insert(path);
        const Document document = Document::read(path);
        for (const Document::Link &link : document.links())
            next.append(targetPath(document, link));
    }
    for (const QString &path : ProjectTree::instance().documents())
        QVERIFY2(reached.contains(path), qPrintable(path));
}

void tst_DocsLinks::sourcesNamePagesThatExist()
{
    static const QRegularExpression page(u"docs/[\\w-]+\\.md(, \"([^\"]+)\")?"_s);
    static const QRegularExpression comment(u"\n *(//+|#) "_s); // that goes on in the next line
    for (const QString &source : ProjectTree::instance().sources()) {
        if (source.startsWith("tests/docs/"_L1))
            continue;
        QString text = ProjectTree::instance().read(source);
        text.replace(comment, u" "_s);
        for (const auto &match : page.globalMatch(text)) {
            const Document document = Document::read(match.captured().section(u',', 0, 0));
            QVERIFY2(!document.headings().isEmpty(),
                     qPrintable(source + ": "_L1 + match.captured()));
            QVERIFY2(match.captured(2).isEmpty() || document.headings().contains(match.captured(2)),
                     qPrintable(source + ": "_L1 + match.captured()));
        }
    }
}

// Who decides whether to try it reads for a minute.
void tst_DocsLinks::readmeIsShort()
{
    const qsizetype bytes = ProjectTree::instance().read(u"README.md"_s).toUtf8().size();
    QVERIFY2(bytes <= 6 * 1024, qPrintable(QString::number(bytes)));
}

QTEST_APPLESS_MAIN(tst_DocsLinks)
#include "tst_docslinks.moc"
