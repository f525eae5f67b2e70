// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/helpbrowser.h"

#include "models/stateicon.h"

#include <QtCore/QRegularExpression>
#include <QtGui/QImage>
#include <QtGui/QTextBlock>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int DarkestLink = 110; ///< grey on a dark page

/// As forges name the headings of a page.
QString anchorOf(const QString &heading)
{
    static const QRegularExpression dropped(u"[^\\w\\- ]"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    return heading.toLower().remove(dropped).replace(u' ', u'-');
}

} // namespace

HelpBrowser::HelpBrowser(QWidget *parent)
    : QTextBrowser(parent)
{
    setOpenExternalLinks(true);
    connect(this, &QTextBrowser::sourceChanged, this, [this](const QUrl &url) {
        nameHeadings();
        colorLinks();
        if (url.hasFragment())
            scrollToAnchor(url.fragment());
    });
}

/// Qt gives the headings of Markdown no names that a link could lead to.
void HelpBrowser::nameHeadings()
{
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() == 0)
            continue;
        QTextCharFormat format;
        format.setAnchor(true);
        format.setAnchorNames({anchorOf(block.text())});
        QTextCursor cursor(block);
        cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(format);
    }
}

/// Qt's own blue cannot be read on a dark page, and Markdown takes it from the application's colours.
void HelpBrowser::colorLinks()
{
    if (backgroundOf(palette()) != Background::Dark
        || qGray(palette().color(QPalette::Link).rgb()) > DarkestLink)
        return;
    QTextCharFormat format;
    format.setForeground(stateColor(DisplayState::Draining, Background::Dark));
    QList<QTextCursor> links;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            if (part.fragment().charFormat().anchorHref().isEmpty())
                continue;
            QTextCursor link(document());
            link.setPosition(part.fragment().position());
            link.setPosition(part.fragment().position() + part.fragment().length(),
                             QTextCursor::KeepAnchor);
            links.append(link);
        }
    }
    for (QTextCursor &link : links)
        link.mergeCharFormat(format);
}

/// Pictures are no wider than the page.
QVariant HelpBrowser::loadResource(int type, const QUrl &name)
{
    const QVariant resource = QTextBrowser::loadResource(type, name);
    if (type != QTextDocument::ImageResource || resource.typeId() != QMetaType::QByteArray)
        return resource;
    const QImage image = QImage::fromData(resource.toByteArray());
    const int width = viewport()->width() - 2 * qCeil(document()->documentMargin());
    return image.width() > width ? image.scaledToWidth(width, Qt::SmoothTransformation) : image;
}

} // namespace qproxysql
