// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "mainwindowtest.h"

#include "models/stateicon.h"
#include "window/helpbrowser.h"
#include "window/helpdialog.h"

#include <QtGui/QPainter>
#include <QtGui/QTextBlock>
#include <QtWidgets/QMessageBox>

/// The legend, the list of keys and the operator's guide.
class tst_WindowHelp : public MainWindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
    void everyStateHasItsOwnMeaning();
    void legendHasAllGlyphsAndColumns();
    void keysAreThoseOfTheActions();
    void legendIsOpenedOnce();
    void guideWithLinksAndPictures();
    void guideThatIsNotInstalled();

private:
    HelpDialog *help(const QString &name) { return fixture().window.findChild<HelpDialog *>(name); }
};

void tst_WindowHelp::everyStateHasItsOwnMeaning()
{
    QSet<QString> meanings;
    for (int i = 0; i < DisplayStateCount; ++i)
        meanings.insert(stateMeaning(DisplayState(i)));
    QCOMPARE(meanings.size(), DisplayStateCount);
}

void tst_WindowHelp::legendHasAllGlyphsAndColumns()
{
    press(fixture().actions().legend);
    QVERIFY(help(u"legend"_s));
    const QTextDocument &document = *help(u"legend"_s)->browser().document();
    const QString text = document.toPlainText();
    for (int i = 0; i < DisplayStateCount; ++i) {
        const auto state = DisplayState(i);
        QVERIFY2(text.contains(stateWord(state)) && text.contains(stateMeaning(state)),
                 qPrintable(stateWord(state)));
        // The picture is what a row shows.
        const auto picture = document.resource(QTextDocument::ImageResource,
                                               QUrl(u"glyph:%1"_s.arg(i)))
                                     .value<QPixmap>();
        QVERIFY(!picture.isNull());
        QImage drawn(picture.size(), QImage::Format_ARGB32_Premultiplied);
        drawn.fill(Qt::transparent);
        QPainter painter(&drawn);
        paintState(&painter, drawn.rect(), state, stateColor(state, fixture().window.palette()));
        painter.end();
        QCOMPARE(picture.toImage().convertToFormat(drawn.format()), drawn);
    }
    const auto &model = *fixture().page().table().model();
    for (int i = 0; i < PeersModel::ColumnCount; ++i) {
        QVERIFY(text.contains(model.headerData(i, Qt::Horizontal).toString()));
        QVERIFY(text.contains(model.headerData(i, Qt::Horizontal, Qt::ToolTipRole).toString()));
    }
}

void tst_WindowHelp::keysAreThoseOfTheActions()
{
    select(u"db1:3306"_s); // the actions carry its name now
    fixture().actions().shortcuts->trigger();
    QVERIFY(help(u"legend"_s));
    const QString text = help(u"legend"_s)->browser().document()->toPlainText();
    const QString keys = text.mid(text.lastIndexOf("Keys"_L1));
    QStringList lines = keys.split(u'\n', Qt::SkipEmptyParts);
    const QList<QAction *> actions = fixture().window.findChildren<QAction *>();
    int count = 0;
    for (const QAction *action : actions) {
        if (action->shortcut().isEmpty() || action->objectName().isEmpty())
            continue;
        ++count;
        QVERIFY2(lines.contains(action->shortcut().toString(QKeySequence::NativeText)),
                 qPrintable(action->objectName() + keys));
    }
    QVERIFY2(count > 20, qPrintable(QString::number(count)));
    QVERIFY2(!keys.contains("db1"_L1), qPrintable(keys));
    QTRY_VERIFY(help(u"legend"_s)->browser().verticalScrollBar()->value() > 0);
}

void tst_WindowHelp::legendIsOpenedOnce()
{
    press(fixture().actions().legend);
    fixture().actions().shortcuts->trigger();
    fixture().actions().legend->trigger();
    QCOMPARE(fixture().window.findChildren<HelpDialog *>().size(), 1);
    QTest::keyClick(help(u"legend"_s), Qt::Key_Escape);
    QTRY_VERIFY(!help(u"legend"_s));
}

void tst_WindowHelp::guideWithLinksAndPictures()
{
    HelpDialog::showGuide(&fixture().window, QStringLiteral(DOCS "/operators.md"));
    QVERIFY(help(u"guide"_s));
    HelpBrowser &browser = help(u"guide"_s)->browser();
    QVERIFY(browser.toPlainText().contains("SAFE TO STOP"_L1));
    // Each link leads somewhere, also to headings of other pages.
    QStringList links;
    int pictures = 0;
    for (QTextBlock block = browser.document()->begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const QTextCharFormat format = part.fragment().charFormat();
            if (format.isAnchor() && !format.anchorHref().isEmpty())
                links.append(format.anchorHref());
            if (!format.isImageFormat())
                continue;
            ++pictures;
            const QImage image = browser.document()
                                         ->resource(QTextDocument::ImageResource,
                                                    format.toImageFormat().name())
                                         .value<QImage>();
            QVERIFY(!image.isNull());
            QVERIFY(image.width() <= browser.viewport()->width());
        }
    }
    QVERIFY(pictures > 0);
    links.removeDuplicates();
    QVERIFY2(links.size() > 5, qPrintable(links.join(u' ')));
    const QUrl guide = browser.source();
    for (const QString &link : std::as_const(links)) {
        browser.setSource(guide);
        browser.verticalScrollBar()->setValue(0);
        browser.setSource(guide.resolved(QUrl(link)));
        QVERIFY2(!browser.toPlainText().isEmpty(), qPrintable(link));
        if (link.contains(u'#'))
            QVERIFY2(browser.verticalScrollBar()->value() > 0, qPrintable(link));
    }
    auto *const back = help(u"guide"_s)->findChild<QPushButton *>(u"back"_s);
    QVERIFY(back->isVisible() && back->isEnabled());
    QTest::mouseClick(back, Qt::LeftButton);
    QCOMPARE(browser.source(), guide);
}

void tst_WindowHelp::guideThatIsNotInstalled()
{
    HelpDialog::showGuide(&fixture().window, u"/nowhere/docs/operators.md"_s);
    QVERIFY(!help(u"guide"_s));
    const auto *const box = fixture().window.findChild<QMessageBox *>(u"noGuide"_s);
    QVERIFY(box && box->isVisible());
    QVERIFY(box->informativeText().contains("/nowhere/docs/operators.md"_L1));
}

QTEST_MAIN(tst_WindowHelp)
#include "tst_windowhelp.moc"
