// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/legend.h"

#include "models/peersmodel.h"
#include "models/stateicon.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QUrl>
#include <QtGui/QAction>
#include <QtGui/QPainter>
#include <QtGui/QTextDocument>
#include <QtGui/QTextOption>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

struct LegendTexts
{
    Q_DECLARE_TR_FUNCTIONS(Legend)
};

QString heading(const QString &text, const QString &anchor = {})
{
    return u"<h3><a name=\"%1\"></a>%2</h3>"_s.arg(anchor, text.toHtmlEscaped());
}

/// \a first: HTML, the others: text.
QString row(const QString &first, const QStringList &others)
{
    QString html = u"<tr><td>"_s + first;
    for (const QString &text : others)
        html += u"</td><td>"_s + text.toHtmlEscaped();
    return html + u"</td></tr>"_s;
}

QString table(const QString &rows)
{
    return u"<table cellspacing=\"0\" cellpadding=\"3\">"_s + rows + u"</table>"_s;
}

QString bold(const QString &text)
{
    return u"<b>"_s + text.toHtmlEscaped() + u"</b>"_s;
}

QString glyphs(QTextDocument *document, const QMainWindow &window)
{
    QString rows;
    const int side = window.fontMetrics().height();
    for (int i = 0; i < DisplayStateCount; ++i) {
        const auto state = DisplayState(i);
        const QUrl url(u"glyph:%1"_s.arg(i));
        const double scale = window.devicePixelRatioF();
        QPixmap glyph((QSizeF(side, side) * scale).toSize());
        glyph.setDevicePixelRatio(scale);
        glyph.fill(Qt::transparent);
        QPainter painter(&glyph);
        paintState(&painter, QRectF(0, 0, side, side), state, stateColor(state, window.palette()));
        painter.end();
        document->addResource(QTextDocument::ImageResource, url, glyph);
        rows += row(u"<img src=\"%1\" width=\"%2\" height=\"%2\">"_s.arg(url.toString()).arg(side),
                    {stateWord(state), stateMeaning(state)});
    }
    return table(rows);
}

QString columns()
{
    const PeersModel model{QString()};
    QString rows;
    for (int i = 0; i < PeersModel::ColumnCount; ++i) {
        QString meaning = model.headerData(i, Qt::Horizontal, Qt::ToolTipRole).toString();
        if (i >= PeersModel::DefaultColumns)
            meaning = LegendTexts::tr("%1 (hidden by default)").arg(meaning);
        rows += row(bold(model.headerData(i, Qt::Horizontal).toString()), {meaning});
    }
    return table(rows);
}

QString withoutMnemonic(QString text)
{
    return text.remove(u'&').remove(u"..."_s);
}

QString keyRows(const QList<QAction *> &actions)
{
    QString rows;
    for (const QAction *action : actions) {
        if (const auto *const menu = action->menu<QMenu *>())
            rows += keyRows(menu->actions());
        QStringList keys;
        for (const QKeySequence &key : action->shortcuts())
            keys.append(key.toString(QKeySequence::NativeText));
        if (keys.isEmpty())
            continue;
        // The text of those on peers names the peers.
        const QString text = action->whatsThis().isEmpty() ? action->text() : action->whatsThis();
        rows += row(bold(keys.join(", "_L1)), {withoutMnemonic(text)});
    }
    return rows;
}

QString keys(const QMainWindow &window)
{
    QString html;
    const QList<QAction *> menus = window.menuBar()->actions();
    for (const QAction *menu : menus) {
        const QString rows = keyRows(menu->menu<QMenu *>()->actions());
        if (!rows.isEmpty())
            html += u"<h4>"_s + withoutMnemonic(menu->text()).toHtmlEscaped() + u"</h4>"_s
                    + table(rows);
    }
    return html;
}

} // namespace

QString Legend::glyphsAnchor()
{
    return u"glyphs"_s;
}

QString Legend::keysAnchor()
{
    return u"keys"_s;
}

void Legend::fill(QTextDocument *document, const QMainWindow &window)
{
    QTextOption option = document->defaultTextOption();
    option.setTextDirection(window.layoutDirection());
    document->setDefaultTextOption(option);
    document->setHtml(heading(LegendTexts::tr("Glyphs"), glyphsAnchor()) + glyphs(document, window)
                      + heading(LegendTexts::tr("Columns")) + columns()
                      + heading(LegendTexts::tr("Keys"), keysAnchor()) + keys(window));
}

} // namespace qproxysql
